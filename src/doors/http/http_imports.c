/* SPDX-License-Identifier: Apache-2.0 */
/* Files to be taken in, those that were, and assessing: asked for here, done in the background. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "acts/ask_assess.h"
#include "acts/ask_import.h"
#include "acts/upload_file.h"
#include "doors/http/http_office.h"
#include "doors/http/http_jobs.h"

static void put_file(struct json_out *j, const struct import_listed_file *f)
{
	json_object(j, NULL);
	json_num(j, "id", f->id);
	json_str(j, "kind", f->kind);
	json_str(j, "name", f->name);
	json_str(j, "state", f->state);
	json_str(j, "department", f->department);
	json_date(j, "as_of", f->as_of);
	json_num(j, "rows", f->rows);
	json_num(j, "accepted", f->accepted);
	json_num(j, "unchanged", f->unchanged);
	json_num(j, "rejected", f->rejected);
	json_str(j, "actor", f->actor);
	json_time(j, "at", f->at);
	json_close(j);
}

static int send_file(struct request *rq, struct reply *rp, struct str kind, struct way way,
	enum sheet_format format)
{
	struct list_file f;
	struct err err = { "" };
	int64_t rows;
	int rc = list_file_begin(rq, rp, format, &f);

	if (rc <= 0)
		return rc;
	rc = list_file_imports(&rq->env, kind, way, &f, &rows, &err);
	return rc < 0 ? reply_fault(rq, rp, rc, &err)
		      : reply_table(rq, rp, f.path, "imports", format);
}

int http_imports(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "kind", "sort", "limit", "cursor", "format", NULL };
	struct page page;
	struct way way = page_way(rq, &page);
	struct str kind = request_query(rq, "kind"), next = { NULL, 0 };
	struct import_listed_file *items;
	size_t n, max = (size_t)page.limit;
	enum sheet_format format;
	bool file = query_format(rq, &format);
	struct json_out *j;
	int rc;

	request_query_only(rq, names);
	if (kind.p && !import_offer_named(kind))
		request_problem(rq, "kind", "没有这种文件", "there is no such kind of file");
	if (request_invalid(rq, rp))
		return 0;
	if (file)
		return send_file(rq, rp, kind.p ? kind : STR(""), way, format);
	rc = import_files_page(
		&rq->env, kind.p ? kind : STR(""), way, max + 1, rq->arena, &items, &n);
	if (rc < 0)
		return rc;
	j = reply_json(rp, 200);
	json_array(j, "items");
	for (size_t i = 0; i < n && i < max; i++)
		put_file(j, &items[i]);
	json_close(j);
	if (n > max)
		next = arena_printf(rq->arena, "%" PRId64, items[max - 1].id);
	json_next(rq, j, next);
	return reply_json_end(rp);
}

static void read_wish(struct request *rq, struct import_wish *w)
{
	static const char *const names[] = { "upload", "kind", "department", "as_of", "full",
		"confirm_ended", "channel", NULL };
	struct str kind = json_text(rq, "kind", true, 20);

	json_only(rq, names);
	*w = (struct import_wish){ .upload = json_int(rq, "upload", true, 1, INT64_MAX, 0),
		.offer = kind.p ? import_offer_named(kind) : NULL,
		.department = json_text(rq, "department", false, 40),
		.as_of = json_day(rq, "as_of", false),
		.full = json_flag(rq, "full", false),
		.confirm_ended = json_int(rq, "confirm_ended", false, 0, 100000000, 0),
		.channel = json_text(rq, "channel", false, 40) };
	if (kind.p && !w->offer)
		request_problem(rq, "kind", "没有这种文件", "there is no such kind of file");
}

int http_import_ask(struct request *rq, struct reply *rp)
{
	struct err err = { "" };
	struct import_wish w;
	int64_t job;
	int rc;

	read_wish(rq, &w);
	if (rq->caller.kind != CALLER_ACCOUNT)
		return reply_problem(rq, rp, PROBLEM_FORBIDDEN, NULL);
	if (w.offer && !role_may(rq->caller.role, w.offer->may))
		return reply_problem(rq, rp, PROBLEM_FORBIDDEN, NULL);
	if (w.offer && permission_strong(w.offer->may) && !rq->caller.strong)
		return reply_problem(rq, rp, PROBLEM_SECOND_FACTOR, NULL);
	if (request_invalid(rq, rp))
		return 0;
	rc = ask_import(&rq->env, &rq->service->policy, rq->caller.role, rq->caller.account, &w,
		rq->arena, &job, &err);
	return rc < 0 ? reply_refused_ask(rq, rp, rc, &err) : reply_asked(rq, rp, job);
}

int http_assess_ask(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "on", NULL };
	day_t on = json_day(rq, "on", true);
	struct err err = { "" };
	int64_t job;
	int rc;

	json_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	rc = ask_assess(&rq->env, &rq->service->policy, rq->caller.role, rq->caller.account, on,
		rq->arena, &job, &err);
	return rc < 0 ? reply_refused_ask(rq, rp, rc, &err) : reply_asked(rq, rp, job);
}

/* An XLSX is a ZIP archive. */
static int is_xlsx(const char *path)
{
	char first[2] = { 0, 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return errno == ENOENT ? FAULT_MISSING : FAULT_IO;
	n = read(fd, first, 2);
	close(fd);
	return n == 2 && first[0] == 'P' && first[1] == 'K';
}

int reply_table_file(struct request *rq, struct reply *rp, const char *path, struct str stem)
{
	int xlsx = is_xlsx(path);
	struct buf name;

	if (xlsx == FAULT_MISSING)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	if (xlsx < 0 || !stem.p)
		return xlsx < 0 ? xlsx : FAULT_MEMORY;
	buf_init(&name, 2000);
	buf_addz(&name, "attachment; filename*=UTF-8''");
	for (size_t i = 0; i < stem.n; i++)
		buf_addf(&name, "%%%02X", (unsigned char)stem.p[i]);
	buf_addz(&name, xlsx ? ".xlsx" : ".csv");
	reply_header(rp, "Content-Disposition", arena_str(rq->arena, buf_str(&name)));
	buf_release(&name);
	rp->status = 200;
	rp->content_type =
		xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		     : "text/csv; charset=utf-8";
	rp->file = arena_str(rq->arena, str_of(path)).p;
	rp->file_temp = false;
	return rp->file ? 0 : FAULT_MEMORY;
}
