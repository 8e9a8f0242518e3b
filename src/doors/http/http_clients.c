/* SPDX-License-Identifier: Apache-2.0 */
/* Other systems and their keys, for the system administrator. */
#include "acts/api_client.h"
#include "doors/http/http.h"

#define OVERLAP (24 * 3600) /* seconds an old key works on after a rotation */

int http_clients(struct request *rq, struct reply *rp)
{
	struct api_client_row *items;
	struct json_out *j;
	size_t n;
	int rc = api_client_list(&rq->env, rq->arena, &items, &n);

	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n; i++) {
		json_object(j, NULL);
		json_str(j, "id", items[i].id);
		json_str(j, "name", items[i].name);
		json_str(j, "role", items[i].role);
		json_str(j, "unit", items[i].unit);
		json_strz(j, "state", items[i].active ? "active" : "closed");
		json_close(j);
	}
	json_close(j);
	return reply_json_end(rp);
}

static int put_key(struct reply *rp, int status, struct str id, const struct api_client_key *key)
{
	struct json_out *j = reply_json(rp, status);

	json_str(j, "id", id);
	json_strz(j, "key", key->text);
	return reply_json_end(rp);
}

int http_client_add(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "id", "name", "role", "unit", NULL };
	struct api_client_new n = { .id = json_text(rq, "id", true, 32),
		.name = json_text(rq, "name", true, 80),
		.unit = json_text(rq, "unit", false, 40) };
	struct str role = json_text(rq, "role", true, 40);
	struct api_client_key key;
	struct err err = { "" };
	int rc;

	json_only(rq, names);
	if (role.p && (!role_parse(role, &n.role) || !role_is_client(n.role)))
		request_problem(rq, "role", "要写 channel 或 platform", "is channel or platform");
	if (request_invalid(rq, rp))
		return 0;
	rc = api_client_open(&rq->env, &n, &key, &err);
	return rc < 0 ? reply_fault(rq, rp, rc, &err) : put_key(rp, 201, n.id, &key);
}

int http_client_rotate(struct request *rq, struct reply *rp)
{
	struct api_client_key key;
	struct err err = { "" };
	int rc = api_client_rotate(&rq->env, rq->params[0], OVERLAP, &key, &err);

	/* A closed client is not there any more for its administrator's purposes. */
	if (rc == FAULT_CONFLICT)
		rc = FAULT_MISSING;
	return rc < 0 ? reply_fault(rq, rp, rc, &err) : put_key(rp, 200, rq->params[0], &key);
}

int http_client_close(struct request *rq, struct reply *rp)
{
	struct err err = { "" };
	int rc = api_client_close(&rq->env, rq->params[0], &err);

	/* Closed is closed. */
	if (rc == FAULT_CONFLICT)
		rc = 0;
	return rc < 0 ? reply_fault(rq, rp, rc, &err) : reply_nothing(rp);
}
