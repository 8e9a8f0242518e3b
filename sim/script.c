/* SPDX-License-Identifier: Apache-2.0 */
/* Paying without a page: visit, order, notification, and what channels do wrong. */
#include "sim.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sums {
	int64_t people, nothing_due, orders, paid, held, repeated, errors, fen;
};

struct round {
	const struct config *c;
	const struct script *s;
	struct sums *sums;
	const struct client *client;
	char policy[41];
	int64_t now;
	char jar[COOKIE_MAX];
};

/* Open a visit; what the person owes, 0 for nothing, or a fault. */
static int64_t visit(struct round *r, const char *name, const char *number)
{
	json_t *body =
		json_pack("{s:s,s:s,s:s}", "policy", r->policy, "name", name, "number", number);
	char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
	json_t *answer = NULL, *q;
	int64_t fen = FAULT_FORMAT;
	const char *state;

	r->jar[0] = '\0';
	if (text && wire_call(r->c, NULL, "POST", "/api/v1/resident/visits", text, r->jar,
			    &answer) == 200) {
		q = json_array_get(json_object_get(answer, "people"), 0);
		state = json_string_value(json_object_get(q, "state"));
		fen = 0;
		if (state && (strcmp(state, "renew") == 0 || strcmp(state, "first") == 0))
			fen = json_integer_value(json_object_get(q, "payable_fen"));
	}
	json_decref(answer);
	json_decref(body);
	free(text);
	return fen;
}

static bool order(struct round *r, int64_t fen, char ret_number[ORDER_TEXT_MAX])
{
	const char *number;
	char body[200];
	json_t *answer;
	int status;

	snprintf(body, sizeof(body),
		"{\"people\":[0],\"channel\":\"%s\",\"total_fen\":%" PRId64 "}", r->client->channel,
		fen);
	status = wire_call(r->c, NULL, "POST", "/api/v1/resident/orders", body, r->jar, &answer);
	number = answer ? json_string_value(json_object_get(answer, "number")) : NULL;
	if (status == 201 && number)
		snprintf(ret_number, ORDER_TEXT_MAX, "%s", number);
	json_decref(answer);
	return status == 201 && number;
}

/* Until there is an answer that says something. */
static int tell(struct round *r, const char *number, const char *serial, int64_t fen)
{
	int status = -1;

	for (int i = 0; i < 5; i++) {
		status = notify(r->c, r->client, number, serial, fen, r->now);
		if (status >= 0 && status != 429 && status < 500)
			break;
	}
	return status;
}

static void pay(struct round *r, const char *number, int64_t fen)
{
	struct sums *t = r->sums;
	const struct script *s = r->s;
	char serial[57];

	t->orders++;
	snprintf(serial, sizeof(serial), "T%.40s-w", number);
	if (s->wrong_every && t->orders % s->wrong_every == 0) {
		t->held += tell(r, number, serial, fen + 100) == 200;
		t->fen += fen + 100;
	}
	snprintf(serial, sizeof(serial), "T%.40s", number);
	if (tell(r, number, serial, fen) == 200) {
		t->paid++;
		t->fen += fen;
	} else {
		t->errors++;
	}
	for (int i = 0; i < s->duplicates; i++)
		t->repeated += tell(r, number, serial, fen) == 200;
	snprintf(serial, sizeof(serial), "T%.40s-s", number);
	if (s->second_every && t->orders % s->second_every == 0) {
		t->held += tell(r, number, serial, fen) == 200;
		t->fen += fen;
	}
}

static void one(struct round *r, char *line)
{
	char *comma = strchr(line, ','), *end = line + strcspn(line, "\r\n");
	char number[ORDER_TEXT_MAX];
	int64_t fen;

	*end = '\0';
	if (!comma || comma > end)
		return;
	*comma = '\0';
	r->sums->people++;
	r->client = &r->c->clients[(size_t)r->sums->people % r->c->n_clients];
	fen = visit(r, line, comma + 1);
	if (fen < 0 || (fen > 0 && !order(r, fen, number)))
		r->sums->errors++;
	else if (fen == 0)
		r->sums->nothing_due++;
	else
		pay(r, number, fen);
}

int script_run(const struct config *c, const struct script *s)
{
	struct sums t = { 0 };
	struct round r = { .c = c, .s = s, .sums = &t, .now = sim_now(c) };
	FILE *f = fopen(s->people, "r");
	char line[400];
	json_t *season = NULL;
	const char *policy;

	if (!f || c->n_clients == 0) {
		if (f)
			fclose(f);
		return FAULT_IO;
	}
	if (wire_call(c, NULL, "GET", "/api/v1/season", NULL, NULL, &season) == 200) {
		policy = json_string_value(json_object_get(season, "policy"));
		snprintf(r.policy, sizeof(r.policy), "%s", policy ? policy : "");
	}
	json_decref(season);
	while (t.orders < s->orders && fgets(line, sizeof(line), f))
		one(&r, line);
	fclose(f);
	printf("{\"people\":%" PRId64 ",\"nothing_due\":%" PRId64 ",\"orders\":%" PRId64
	       ",\"paid\":%" PRId64 ",\"held\":%" PRId64 ",\"repeated\":%" PRId64
	       ",\"errors\":%" PRId64 ",\"fen\":%" PRId64 "}\n",
		t.people, t.nothing_due, t.orders, t.paid, t.held, t.repeated, t.errors, t.fen);
	return t.errors ? FAULT_IO : 0;
}
