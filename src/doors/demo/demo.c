/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/demo/demo.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "doors/demo/files.h"
#include "doors/demo/forms.h"

#define ARENA_MAX (64u << 20)
#define MANIFEST_MAX (256u << 20)

/* What a town reports when every planted row met its fate. */
struct expected {
	int64_t paid, funded, circumstance;
};

struct demo {
	const struct demo_request *req;
	struct arena arena;
	struct world world;
	struct pay_calendar calendar;
	struct manifest manifest;
	struct register_files residents;
	struct list_files lists;
	struct roster_files rosters;
	struct batches batches;
	struct expected *towns; /* by the town people are counted in */
	struct demo_report report;
};

static bool demo_knows(const char *region)
{
	return profile_find(region) != NULL;
}

/* The town a household is counted in (SN-18). */
static size_t counted_in(const struct world *w, const struct household *h)
{
	size_t own = w->villages[h->village].town, by_register;
	const struct town *t = &w->towns[own];

	if (t->report_to.n == 0)
		return own;
	by_register = form_register_town(w, h);
	if (by_register != own)
		return by_register;
	for (size_t i = 0; i < w->n_towns; i++)
		if (str_is(t->report_to, w->towns[i].profile->code9))
			return i;
	return own;
}

static void expect(struct demo *d, const struct household *h, const struct pay_plan *plan)
{
	struct expected *e = &d->towns[counted_in(&d->world, h)];

	for (size_t i = 0; i < h->n; i++) {
		e->funded += plan->members[i].funded;
		e->paid += plan->members[i].paid_on != DAY_NONE;
		e->circumstance += plan->members[i].circumstance >= 0;
		d->report.funded += plan->members[i].funded;
		d->report.paying += plan->members[i].paid_on != DAY_NONE;
	}
}

static void tell(const struct demo *d, const struct walk *k, unsigned half)
{
	if (d->req->progress && (k->household & 1023) == 0)
		d->req->progress(d->req->ctx, (uint64_t)(k->insurable + half * d->world.people),
			(uint64_t)d->world.people * 2);
}

/* First walk: everything but payments, which are only counted. */
static int walk_people(struct demo *d, struct err *err)
{
	struct household h;
	struct pay_plan plan;
	struct walk k;
	int rc = walk_begin(&k, &d->world, err);

	if (rc < 0)
		return rc;
	while (rc == 0 && walk_next(&k, &h)) {
		pay_plan_make(&d->world, &d->calendar, &h, &plan);
		batches_count(&d->batches, &plan);
		expect(d, &h, &plan);
		rc = register_household(&d->residents, &d->world, &h, err);
		if (rc == 0)
			rc = lists_household(&d->lists, &d->world, &h, &plan, err);
		if (rc == 0)
			rc = rosters_household(&d->rosters, &d->world, &h, &plan, err);
		tell(d, &k, 0);
	}
	d->report.insurable = k.insurable;
	walk_end(&k);
	return rc;
}

static int walk_payments(struct demo *d, struct err *err)
{
	struct household h;
	struct pay_plan plan;
	struct walk k;
	int rc = walk_begin(&k, &d->world, err);

	if (rc < 0)
		return rc;
	while (rc == 0 && walk_next(&k, &h)) {
		pay_plan_make(&d->world, &d->calendar, &h, &plan);
		rc = batches_write(&d->batches, &d->world, &h, &plan, err);
		tell(d, &k, 1);
	}
	walk_end(&k);
	return rc;
}

static int begin(struct demo *d, struct err *err)
{
	char path[4096];
	int rc;

	if (snprintf(path, sizeof(path), "%s/payments", d->req->folder) >= (int)sizeof(path))
		return err_set(err, FAULT_LIMIT, "路径太长 / the path is too long");
	if (mkdir(path, 0750) != 0 && errno != EEXIST)
		return err_set(err, FAULT_IO, "%s：无法建目录 / cannot make the folder: %s", path,
			strerror(errno));
	rc = register_begin(&d->residents, &d->world, &d->manifest, err);
	if (rc == 0)
		rc = lists_begin(&d->lists, &d->world, &d->manifest, err);
	if (rc == 0)
		rc = rosters_begin(&d->rosters, &d->world, &d->manifest, err);
	return rc;
}

static int first_half(struct demo *d, struct err *err)
{
	int rc = begin(d, err);

	if (rc == 0)
		rc = places_write(&d->world, &d->manifest, err);
	if (rc == 0)
		rc = walk_people(d, err);
	if (rc == 0)
		rc = register_end(&d->residents, &d->world, &d->manifest, err);
	if (rc == 0)
		rc = lists_end(&d->lists, &d->manifest, err);
	if (rc == 0)
		rc = rosters_end(&d->rosters, &d->manifest, err);
	return rc < 0 ? rc : targets_write(&d->world, &d->manifest, err);
}

static int second_half(struct demo *d, struct err *err)
{
	int rc = batches_open(&d->batches, &d->world, &d->manifest, err);

	if (rc == 0)
		rc = walk_payments(d, err);
	return rc < 0 ? rc : batches_close(&d->batches, &d->world, &d->manifest, err);
}

static void manifest_towns(const struct demo *d, struct buf *b)
{
	buf_addz(b, "  \"towns\":[");
	for (size_t i = 0; i < d->world.n_towns; i++) {
		const struct town *t = &d->world.towns[i];

		buf_addf(b, "%s\n    {\"code\":\"%s\",\"name\":", i ? "," : "", t->profile->code9);
		buf_add_json(b, t->name);
		buf_addf(b,
			",\"insurable\":%" PRId64 ",\"registered\":%" PRId64
			",\"resident\":%" PRId64 ",\"paid\":%" PRId64 ",\"funded\":%" PRId64
			",\"paid_with_circumstance\":%" PRId64 "}",
			t->insurable, t->registered, t->resident, d->towns[i].paid,
			d->towns[i].funded, d->towns[i].circumstance);
	}
	buf_addz(b, "],\n");
}

static void manifest_text(const struct demo *d, struct buf *b)
{
	const struct world *w = &d->world;
	char as_of[11], monthly[11];

	day_text(w->as_of, as_of);
	day_text(w->monthly, monthly);
	buf_addf(b,
		"{\n  \"county\":\"%s\",\"policy\":\"%.*s\",\"seed\":%" PRIu64
		",\"messy\":%s,\"people\":%" PRId64 ",\n",
		w->profile->region, STR_ARG(w->pack->code), w->seed, w->messy ? "true" : "false",
		w->people);
	buf_addf(b, "  \"as_of\":\"%s\",\"monthly_as_of\":\"%s\",\n", as_of, monthly);
	buf_addf(b,
		"  \"register_rows\":%" PRId64 ",\"register_taken\":%" PRId64
		",\"memberships\":%" PRId64 ",\"monthly_added\":%" PRId64
		",\"monthly_ended\":%" PRId64 ",\n",
		d->report.rows, d->residents.persons, d->lists.memberships, d->lists.added,
		d->lists.ended);
	buf_addf(b, "  \"insurable\":%" PRId64 ",\"funded\":%" PRId64 ",\"paying\":%" PRId64 ",\n",
		d->report.insurable, d->report.funded, d->report.paying);
	buf_addz(b, "  \"payment_lines\":");
	tally_json(b, d->batches.lines);
	buf_addz(b, ",\n  \"payment_fen\":");
	tally_json(b, d->batches.amounts);
	buf_addz(b, ",\n");
	manifest_towns(d, b);
	buf_addf(b, "  \"files\":[\n    %.*s\n  ]\n}\n", STR_ARG(buf_str(&d->manifest.files)));
}

static int manifest_write(const struct demo *d, struct err *err)
{
	char path[4096];
	struct buf b;
	FILE *f;
	bool bad;

	buf_init(&b, MANIFEST_MAX);
	manifest_text(d, &b);
	snprintf(path, sizeof(path), "%s/manifest.json", d->req->folder);
	f = buf_bad(&b) || buf_bad(&d->manifest.files) ? NULL : fopen(path, "w");
	bad = !f || fwrite(b.p, 1, b.n, f) != b.n;
	if (f && fclose(f) != 0)
		bad = true;
	buf_release(&b);
	return bad ? err_set(err, FAULT_IO, "%s：写不了 / cannot write: %s", path, strerror(errno))
		   : 0;
}

static int run(struct demo *d, struct err *err)
{
	const struct demo_request *q = d->req;
	const struct county_profile *profile = profile_find(q->region);
	int rc;

	if (!profile)
		return err_set(err, FAULT_MISSING,
			"演示数据里没有 %s 这个县 / the demo knows no county %s", q->region,
			q->region);
	rc = world_init(&d->world, &d->arena, profile, q->pack,
		q->people ? q->people : profile->default_people, q->seed, q->messy, err);
	if (rc == 0 && q->divisions)
		rc = towns_official(&d->world, &d->arena, q->sheets, q->divisions, err);
	if (rc == 0)
		rc = pay_calendar_init(&d->calendar, &d->arena, &d->world, err);
	if (rc == 0)
		rc = batches_init(&d->batches, &d->arena, &d->world, err);
	d->towns = ARENA_ARRAY(&d->arena, struct expected, profile->n_towns);
	if (rc == 0 && !d->towns)
		rc = err_set(err, FAULT_MEMORY, "内存不足 / out of memory");
	if (rc == 0)
		rc = first_half(d, err);
	d->report.rows = d->residents.all.data;
	if (rc == 0)
		rc = second_half(d, err);
	return rc < 0 ? rc : manifest_write(d, err);
}

static int demo_write(
	const struct demo_request *req, struct demo_report *ret_report, struct err *err)
{
	struct demo d = { .req = req,
		.manifest = { .sheets = req->sheets, .folder = req->folder } };
	int rc;

	BUG_IF(req->people < 0 || req->people > DEMO_PEOPLE_MAX);
	arena_init(&d.arena, ARENA_MAX);
	buf_init(&d.manifest.files, MANIFEST_MAX);
	rc = run(&d, err);
	for (size_t i = 0; i < NOTE_CODES_MAX && d.batches.lines[i].code; i++) {
		d.report.lines += d.batches.lines[i].n;
		d.report.fen += d.batches.amounts[i].n;
	}
	register_release(&d.residents);
	lists_release(&d.lists);
	rosters_release(&d.rosters);
	batches_release(&d.batches);
	buf_release(&d.manifest.files);
	arena_release(&d.arena);
	if (rc == 0)
		*ret_report = d.report;
	return rc;
}

const struct demo_port demo_county = { .write = demo_write, .knows = demo_knows };
