/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/roles.h"

static const struct {
	const char *code, *zh, *en, *department;
	enum role_reach reach;
} roles[ROLE_COUNT] = {
#define X(name, code, zh, en, reach, department) { code, zh, en, department, REACH_##reach },
	ROLES(X)
#undef X
};

static const struct {
	const char *code, *zh, *en;
	uint32_t roles;
	bool strong;
} permissions[PERMISSION_COUNT] = {
#define X(name, code, zh, en, roles, strong) { code, zh, en, roles, strong },
	PERMISSIONS(X)
#undef X
};

const char *role_code(enum role r)
{
	BUG_IF(r >= ROLE_COUNT);
	return roles[r].code;
}

const char *role_zh(enum role r)
{
	BUG_IF(r >= ROLE_COUNT);
	return roles[r].zh;
}

const char *role_en(enum role r)
{
	BUG_IF(r >= ROLE_COUNT);
	return roles[r].en;
}

enum role_reach role_reach(enum role r)
{
	BUG_IF(r >= ROLE_COUNT);
	return roles[r].reach;
}

const char *role_department(enum role r)
{
	BUG_IF(r >= ROLE_COUNT);
	return roles[r].department;
}

bool role_parse(struct str code, enum role *ret_role)
{
	for (int i = 0; i < ROLE_COUNT; i++)
		if (str_is(code, roles[i].code)) {
			*ret_role = (enum role)i;
			return true;
		}
	return false;
}

bool role_is_client(enum role r)
{
	return r == ROLE_CHANNEL || r == ROLE_PLATFORM;
}

bool role_is_admin(enum role r)
{
	return r < ROLE_COUNT && (R_ADMINS & (1u << r)) != 0;
}

const char *permission_code(enum permission p)
{
	BUG_IF(p >= PERMISSION_COUNT);
	return permissions[p].code;
}

const char *permission_zh(enum permission p)
{
	BUG_IF(p >= PERMISSION_COUNT);
	return permissions[p].zh;
}

const char *permission_en(enum permission p)
{
	BUG_IF(p >= PERMISSION_COUNT);
	return permissions[p].en;
}

bool permission_strong(enum permission p)
{
	return p < PERMISSION_COUNT && permissions[p].strong;
}

bool role_may(enum role r, enum permission p)
{
	return r < ROLE_COUNT && p < PERMISSION_COUNT && (permissions[p].roles & (1u << r)) != 0;
}
