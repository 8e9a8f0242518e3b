/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/ask_import.h"

#include <inttypes.h>

#include "acts/upload_file.h"

const struct import_offer import_offers[] = {
	{ &import_divisions, MAY_IMPORT_REGISTER, false, false, "区划", "divisions" },
	{ &import_residents, MAY_IMPORT_REGISTER, false, false, "居民", "residents" },
	{ &import_categories, MAY_IMPORT_CATEGORIES, false, true, "困难群众名单", "category list" },
	{ &import_students, MAY_IMPORT_STUDENTS, false, false, "学生名册", "students" },
	{ &import_targets, MAY_IMPORT_TARGETS, false, false, "目标任务", "targets" },
	{ &import_coverage, MAY_IMPORT_FACTS, false, false, "职工、异地参保", "cover elsewhere" },
	{ &import_circumstances, MAY_IMPORT_FACTS, false, false, "特殊情形", "circumstances" },
	{ &import_payments, MAY_IMPORT_PAYMENTS, true, false, "缴费明细", "payments" },
};
const size_t import_offer_count = ARRAY_LEN(import_offers);

const struct import_offer *import_offer_named(struct str name)
{
	for (size_t i = 0; i < import_offer_count; i++)
		if (str_is(name, import_offers[i].kind->name))
			return &import_offers[i];
	return NULL;
}

/* What the account's scope says of the file, whatever was asked. */
static void force(const struct env *env, struct import_wish *w)
{
	if (env->scope.department.p)
		w->department = env->scope.department;
	if (env->scope.channel.p)
		w->channel = env->scope.channel;
	if (w->as_of == DAY_NONE)
		w->as_of = env->today;
}

static int check(const struct env *env, const struct policy *policy, const struct import_wish *w,
	struct err *err)
{
	if (w->as_of > env->today)
		return err_set(err, FAULT_FORMAT, "名单日期不能在今天之后 / the day lies ahead");
	if (w->offer->kind == &import_divisions && env->scope.division)
		return err_set(err, FAULT_FORMAT,
			"区划由县医保局导入 / divisions are the bureau's to import");
	if (w->full && env->scope.division)
		return err_set(err, FAULT_FORMAT,
			"一个乡镇的名单不能作全量名单导入 / a town's list cannot stand for the whole county");
	if (w->full && w->offer->kind != &import_categories)
		return err_set(err, FAULT_FORMAT,
			"只有困难群众名单可作全量导入 / only category lists can be complete ones");
	if (w->offer->needs_department && w->department.n == 0)
		return err_set(err, FAULT_FORMAT,
			"请写明名单来自哪个部门 / say which department sent the list");
	if (w->offer->needs_channel && pack_channel_by_code(policy->pack, w->channel) < 0)
		return err_set(
			err, FAULT_FORMAT, "请写明缴费渠道 / say which channel the file is of");
	return 0;
}

struct seen {
	const struct env *env;
	const struct import_offer *offer;
	const unsigned char *digest;
	int64_t file;
};

static int seen_tx(struct db *db, struct arena *a, void *arg)
{
	struct seen *s = arg;

	(void)a;
	return import_file_find(
		db, s->env->county, str_of(s->offer->kind->name), s->digest, &s->file);
}

static void text(struct buf *b, const char *key, struct str v)
{
	buf_addf(b, ",\"%s\":", key);
	if (v.p)
		buf_add_json(b, v);
	else
		buf_addz(b, "null");
}

static struct str request(const struct env *env, enum role role, const struct upload *u,
	const struct import_wish *w, struct arena *a)
{
	char day[11];
	struct str made;
	struct buf b;

	day_text(w->as_of, day);
	buf_init(&b, JOB_REQUEST_MAX);
	buf_addf(&b, "{\"upload\":%" PRId64 ",\"kind\":\"%s\"", u->id, w->offer->kind->name);
	text(&b, "name", u->name);
	text(&b, "department", w->department);
	text(&b, "channel", w->channel);
	text(&b, "as_of", str_of(day));
	buf_addf(&b, ",\"full\":%s,\"confirm_ended\":%" PRId64, w->full ? "true" : "false",
		w->confirm_ended);
	text(&b, "actor", env->actor);
	text(&b, "office", str_of(role_code(role)));
	text(&b, "school", env->scope.school);
	buf_addf(&b, ",\"division\":%" PRId64 "}", env->scope.division);
	made = buf_bad(&b) ? (struct str){ NULL, 0 } : arena_str(a, buf_str(&b));
	buf_release(&b);
	return made;
}

int ask_import(const struct env *env, const struct policy *policy, enum role role, int64_t account,
	const struct import_wish *wish, struct arena *a, int64_t *ret_job, struct err *err)
{
	struct import_wish w = *wish;
	struct upload u;
	unsigned char identity[32];
	struct seen seen = { .env = env, .offer = w.offer, .digest = identity };
	struct str text;
	int rc = upload_find(env, account, w.upload, a, &u);

	if (rc == 0)
		return err_set(err, FAULT_MISSING, "没有这个上传文件，请重新上传 / no such upload");
	force(env, &w);
	if (rc == 1)
		rc = check(env, policy, &w, err);
	if (rc == 0) {
		import_identity(env, u.digest, identity);
		rc = store_read(env->store, seen_tx, &seen);
	}
	if (rc == 1)
		return err_set(err, FAULT_CONFLICT,
			"同样内容的文件已经导入过（第 %" PRId64
			" 号）/ the same file was taken in before, as number %" PRId64,
			seen.file, seen.file);
	if (rc < 0)
		return rc;
	text = request(env, role, &u, &w, a);
	return text.p ? job_ask(env, "import", account, text, ret_job, err) : FAULT_MEMORY;
}
