/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/export.h"

#include <inttypes.h>

#include "acts/unmask.h"
#include "base/utf8.h"
#include "store/account.h"
#include "store/job.h"

#define FILTER_MAX 2000

static const struct {
	const char *code;
	enum permission may;
	const char *zh;
} lists[] = {
#define X(name, code, may, zh) { code, MAY_##may, zh },
	EXPORT_LISTS(X)
#undef X
};

bool export_list_parse(struct str code, enum export_list *ret_list)
{
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (str_is(code, lists[i].code)) {
			*ret_list = (enum export_list)i;
			return true;
		}
	return false;
}

enum permission export_list_may(enum export_list l)
{
	return lists[l].may;
}

const char *export_list_zh(enum export_list l)
{
	return lists[l].zh;
}

static void text(struct buf *b, const char *key, struct str v)
{
	buf_addf(b, ",\"%s\":", key);
	if (v.p)
		buf_add_json(b, v);
	else
		buf_addz(b, "null");
}

/* What the account sees: the end of the filter. */
static void scope_text(struct buf *b, const struct env *env, enum role role)
{
	buf_addf(b, ",\"scope\":%" PRId64, env->scope.division);
	text(b, "department", env->scope.department);
	text(b, "school", env->scope.school);
	text(b, "channel", env->scope.channel);
	text(b, "office", str_of(role_code(role)));
	buf_addc(b, '}');
}

static struct str filter_of(
	const struct env *env, enum role role, const struct export_wish *w, struct arena *a)
{
	char day[11];
	struct str made;
	struct buf b;

	day_text(w->on, day);
	buf_init(&b, FILTER_MAX);
	buf_addf(&b, "{\"division\":%" PRId64 ",\"on\":\"%s\"", w->division, day);
	scope_text(&b, env, role);
	made = buf_bad(&b) ? (struct str){ NULL, 0 } : arena_str(a, buf_str(&b));
	buf_release(&b);
	return made;
}

bool export_still_theirs(
	const struct env *env, enum role role, const struct export *e, struct arena *a)
{
	struct buf b;
	struct str now;

	buf_init(&b, FILTER_MAX);
	scope_text(&b, env, role);
	now = buf_bad(&b) ? (struct str){ NULL, 0 } : arena_str(a, buf_str(&b));
	buf_release(&b);
	return now.p && e->filter.n > now.n &&
	       str_eq(now, (struct str){ e->filter.p + e->filter.n - now.n, now.n });
}

struct call {
	const struct env *env;
	const struct export_viewer *viewer;
	enum role role; /* of the viewer */
	struct export export;
	struct arena *arena;
	enum export_decision decision;
	struct err *err;
	struct str state;
	int64_t id;
	struct way way;
	size_t limit, n;
	struct export *items;
};

static int trail(struct db *db, const struct env *env, int64_t audit, const char *act, int64_t id,
	struct str reason, struct arena *a, struct str detail)
{
	struct str subject = arena_printf(a, "export %" PRId64, id);
	struct env why = *env;

	why.reason = reason;
	return subject.p ? env_audit(db, &why, audit, act, subject, detail) : FAULT_MEMORY;
}

static int ask_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t audit, waiting;
	int rc = export_waiting(db, c->env->county, c->export.asked_by, &waiting);

	if (rc == 0 && waiting >= EXPORTS_WAITING_MAX)
		return err_set(c->err, FAULT_LIMIT,
			"您等待批准的导出太多 / too many of your exports wait");
	if (rc == 0)
		rc = audit_open(db, c->env->county, &audit);
	if (rc == 0)
		rc = counter_take(db, c->env->county, "export", 1, &c->export.id);
	if (rc == 0)
		rc = export_add(db, c->env->county, &c->export, audit);
	return rc < 0 ? rc
		      : trail(db, c->env, audit, "export_ask", c->export.id, c->export.purpose, a,
				c->export.filter);
}

int export_ask(const struct env *env, enum role role, int64_t account, const struct export_wish *w,
	struct arena *a, int64_t *ret_id, struct err *err)
{
	struct call c = { .env = env,
		.err = err,
		.export = { .list = str_of(lists[w->list].code),
			.filter = filter_of(env, role, w, a),
			.format = w->xlsx ? STR("xlsx") : STR("csv"),
			.purpose = w->purpose,
			.whole = w->whole,
			.asked_by = account,
			.town = env->scope.division / 1000 * 1000,
			.asked_at = env->now } };
	int rc;

	if (utf8_count(w->purpose) < EXPORT_PURPOSE_MIN)
		return err_set(err, FAULT_FORMAT, "请写明用途，至少四个字 / say what it is for");
	if (reason_holds_number(w->purpose))
		return err_set(err, FAULT_FORMAT,
			"用途里不要写证件号码或电话 / leave numbers out of the purpose");
	if (!c.export.filter.p)
		return FAULT_MEMORY;
	rc = store_act(env->store, ask_tx, &c);
	if (rc == 0)
		*ret_id = c.export.id;
	return rc;
}

/* Nobody lets out what they may not see themselves. */
static bool could_ask(enum role role, const struct export *e)
{
	enum export_list l;

	return export_list_parse(e->list, &l) && role_may(role, lists[l].may) &&
	       (!e->whole || role_may(role, MAY_UNMASK));
}

bool export_may_decide(const struct export_viewer *v, enum role role, const struct export *e)
{
	return v->decides && e->asked_by != v->account && str_is(e->state, "asked") &&
	       could_ask(role, e) && (v->division == 0 || v->division == e->town);
}

static bool may_see(const struct export_viewer *v, const struct export *e)
{
	return e->asked_by == v->account ||
	       (v->decides && (v->division == 0 || v->division == e->town));
}

/* The job that writes the file belongs to who asked. */
static int queue(struct db *db, struct call *c, struct arena *a, int64_t audit)
{
	struct export *e = &c->export;
	struct job job = { .kind = STR("export"), .account = e->asked_by, .made_at = c->env->now };
	struct buf b;
	int rc = counter_take(db, c->env->county, "job", 1, &job.id);

	buf_init(&b, 4096);
	buf_addf(&b, "{\"export\":%" PRId64 ",\"actor\":", e->id);
	buf_add_json(&b, e->asked_login.p ? e->asked_login : STR("-"));
	buf_addc(&b, '}');
	job.request = arena_str(a, buf_str(&b));
	buf_release(&b);
	e->job = job.id;
	if (rc < 0 || !job.request.p)
		return rc < 0 ? rc : FAULT_MEMORY;
	return job_add(db, c->env->county, &job, audit);
}

/* Are both accounts of one human being?  1, 0, a fault. */
static int same_staff(struct db *db, struct arena *a, int64_t county, int64_t one, int64_t other)
{
	struct account x, y;
	int rc = account_by_id(db, county, one, a, &x);

	if (rc == 1)
		rc = account_by_id(db, county, other, a, &y);
	return rc == 1 ? str_eq(x.staff_no, y.staff_no) : rc;
}

/* What stands in the way of deciding. */
static int weigh(struct db *db, struct arena *a, struct call *c, int found)
{
	const struct export *e = &c->export;
	int same = 0;

	if (found == 1)
		same = same_staff(db, a, c->env->county, e->asked_by, c->viewer->account);
	c->decision = found != 1 || !may_see(c->viewer, e) ? EXPORT_UNKNOWN
		      : same == 1                          ? EXPORT_OWN
		      : !str_is(e->state, "asked")         ? EXPORT_STATE
		      : !could_ask(c->role, e)             ? EXPORT_BEYOND
							   : EXPORT_DECIDED;
	return same < 0 ? same : found;
}

static int settle_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	struct export wish = c->export, *e = &c->export;
	int64_t audit;
	int rc = export_load(db, a, c->env->county, wish.id, e);

	rc = rc < 0 ? rc : weigh(db, a, c, rc);
	if (rc < 0 || c->decision != EXPORT_DECIDED) {
		c->export = wish;
		return rc < 0 ? rc : 0;
	}
	e->state = wish.state;
	e->reason = wish.reason;
	e->decided_by = c->viewer->account;
	e->decided_at = c->env->now;
	rc = audit_open(db, c->env->county, &audit);
	if (rc == 0 && str_is(e->state, "approved"))
		rc = queue(db, c, a, audit);
	if (rc == 0)
		rc = export_decide(db, c->env->county, e, audit);
	BUG_IF(rc == 0);
	if (rc == 1)
		rc = trail(db, c->env, audit,
			str_is(e->state, "approved") ? "export_approve" : "export_decline", e->id,
			e->reason, a, (struct str){ NULL, 0 });
	c->export = wish;
	return rc;
}

int export_settle(const struct env *env, enum role role, int64_t account, int64_t id, bool approve,
	struct str reason, enum export_decision *ret_decision)
{
	const struct export_viewer v = { account, true, env->scope.division };
	struct call c = { .env = env,
		.viewer = &v,
		.role = role,
		.export = { .id = id,
			.state = approve ? STR("approved") : STR("declined"),
			.reason = reason } };
	int rc = store_act(env->store, settle_tx, &c);

	if (rc == 0)
		*ret_decision = c.decision;
	return rc;
}

static int read_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int rc = export_load(db, c->arena, c->env->county, c->id, &c->export);

	(void)a;
	return rc == 1 && !may_see(c->viewer, &c->export) ? 0 : rc;
}

int export_read(const struct env *env, const struct export_viewer *v, int64_t id, struct arena *a,
	struct export *ret_export)
{
	struct call c = { .env = env, .viewer = v, .id = id, .arena = a };
	int rc = store_read(env->store, read_tx, &c);

	if (rc == 1)
		*ret_export = c.export;
	return rc;
}

static int page_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;

	(void)a;
	return export_list(db, c->arena, c->env->county, c->viewer, c->state, c->way, c->limit,
		&c->items, &c->n);
}

int export_page(const struct env *env, const struct export_viewer *v, struct str state,
	struct way way, size_t limit, struct arena *a, struct export **ret_items, size_t *ret_n)
{
	struct call c = {
		.env = env, .viewer = v, .state = state, .way = way, .limit = limit, .arena = a
	};
	int rc = store_read(env->store, page_tx, &c);

	if (rc == 0) {
		*ret_items = c.items;
		*ret_n = c.n;
	}
	return rc;
}

static int fetched_tx(struct db *db, struct arena *a, void *arg)
{
	struct call *c = arg;
	int64_t audit;
	int rc = audit_open(db, c->env->county, &audit);

	return rc < 0 ? rc
		      : trail(db, c->env, audit, "export_fetch", c->export.id, c->export.purpose, a,
				(struct str){ NULL, 0 });
}

int export_fetched(const struct env *env, const struct export *e)
{
	struct call c = { .env = env, .export = *e };

	return store_act(env->store, fetched_tx, &c);
}
