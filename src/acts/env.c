/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/env.h"

int env_audit(struct db *db, const struct env *env, int64_t id, const char *act, struct str subject,
	struct str detail)
{
	const struct audit_row row = { .at = env->now,
		.actor = env->actor,
		.on_behalf = env->on_behalf,
		.act = str_of(act),
		.subject = subject,
		.reason = env->reason,
		.detail = detail };

	return audit_write(db, env->county, id, &row);
}

int64_t env_wall(const struct env *env)
{
	return env->wall ? env->wall : env->now;
}

bool policy_fits(const struct pack *p, int64_t county)
{
	int64_t region;

	if (!str_int(str_of(p->region), &region))
		return false;
	if (region % 10000 == 0)
		return county / 10000 == region / 10000;
	if (region % 100 == 0)
		return county / 100 == region / 100;
	return county == region;
}

struct scope_bind env_scope(const struct env *env)
{
	const struct scope *s = &env->scope;

	return (struct scope_bind){ .county = env->county,
		.division = s->division,
		.department = s->department,
		.school = s->school,
		.channel = s->channel,
		.today = env->today,
		.nothing = s->nothing };
}
