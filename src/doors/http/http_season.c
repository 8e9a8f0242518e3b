/* SPDX-License-Identifier: Apache-2.0 */
/* GET /season: what is collected now, for everybody to see. */
#include "doors/http/http.h"
#include "doors/http/service.h"

static bool in(struct day_range r, day_t day)
{
	return r.from != DAY_NONE && day >= r.from && day <= r.to;
}

static bool channel_open(const struct pack_channel *c, day_t day)
{
	return c->open.from == DAY_NONE || in(c->open, day);
}

static const char *phase(const struct pack *p, day_t today)
{
	if (today < p->regular_window.from)
		return "before";
	return in(p->regular_window, today) || in(p->late_window, today) ? "open" : "after";
}

static struct str label(struct request *rq, const struct pack *p)
{
	return arena_printf(rq->arena, "%d年度城乡居民基本医疗保险", (int)p->benefit_year);
}

static bool put_channels(struct json_out *j, const struct pack *p, day_t today)
{
	bool any = false;

	json_array(j, "channels");
	for (size_t i = 0; i < p->n_channels; i++) {
		const struct pack_channel *c = &p->channels[i];
		bool open = channel_open(c, today);

		any = any || (c->online && open);
		json_object(j, NULL);
		json_str(j, "code", c->code);
		json_str(j, "name", c->name);
		json_bool(j, "online", c->online);
		json_bool(j, "open", open);
		json_close(j);
	}
	json_close(j);
	return any;
}

static void put_policies(struct request *rq, struct json_out *j)
{
	const struct service *s = rq->service;

	json_array(j, "policies");
	for (size_t i = 0; i < s->n_packs; i++) {
		if (!policy_fits(s->packs[i], s->county))
			continue;
		json_object(j, NULL);
		json_str(j, "code", s->packs[i]->code);
		json_str(j, "label", label(rq, s->packs[i]));
		json_close(j);
	}
	json_close(j);
}

int http_season(struct request *rq, struct reply *rp)
{
	static const char *const none[] = { NULL };
	const struct pack *p = rq->service->policy.pack;
	const struct settings *set = &rq->service->settings;
	struct json_out *j;
	bool any;

	request_query_only(rq, none);
	if (request_invalid(rq, rp))
		return 0;
	j = reply_json(rp, 200);
	json_str(j, "county", arena_printf(rq->arena, "%06d", (int)rq->service->county));
	json_str(j, "county_name", p->region_name);
	json_str(j, "policy", p->code);
	json_str(j, "label", label(rq, p));
	json_date(j, "benefit_from", p->benefit.from);
	json_date(j, "benefit_to", p->benefit.to);
	json_date(j, "pay_from", p->regular_window.from);
	json_date(j, "pay_to",
		p->late_window.from != DAY_NONE ? p->late_window.to : p->regular_window.to);
	json_strz(j, "phase", phase(p, rq->env.today));
	json_date(j, "today", rq->env.today);
	json_bool(j, "demo", set->demo);
	json_num(j, "personal_fen", pack_individual(p).fen);
	any = put_channels(j, p, rq->env.today);
	json_bool(j, "payments_open", any && set->sim_url[0]);
	put_policies(rq, j);
	json_bool(j, "oidc", set->oidc_issuer[0] != '\0');
	return reply_json_end(rp);
}
