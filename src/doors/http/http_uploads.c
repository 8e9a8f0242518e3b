/* SPDX-License-Identifier: Apache-2.0 */
/* Files given to the service: kept in the spool folder, looked at, not taken in yet. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "acts/preview_import.h"
#include "acts/upload_file.h"
#include "base/log.h"
#include "base/utf8.h"
#include "doors/http/exchange.h"
#include "doors/http/http_jobs.h"

/* Somebody who may import nothing has nothing to upload. */
static bool may_import(const struct request *rq)
{
	for (size_t i = 0; i < import_offer_count; i++)
		if (role_may(rq->caller.role, import_offers[i].may))
			return rq->caller.kind == CALLER_ACCOUNT;
	return false;
}

static bool media_known(struct str type)
{
	static const char *const known[] = { "application/octet-stream", "text/csv",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
	struct str kind = { NULL, 0 };

	if (!type.p)
		return true;
	if (!str_cut(&type, STR(";"), &kind))
		return false;
	kind = str_trim(kind);
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (kind.n == strlen(known[i]) && strncasecmp(kind.p, known[i], kind.n) == 0)
			return true;
	return false;
}

/* The last part of a path, without what a file name cannot hold. */
static struct str file_name(struct request *rq)
{
	struct str name = request_query(rq, "name");

	for (size_t i = name.n; i > 0; i--)
		if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
			name = (struct str){ name.p + i, name.n - i };
			break;
		}
	name = str_trim(name);
	if (name.n == 0 || !text_clean(name, false) || utf8_count(name) > UPLOAD_NAME_MAX)
		request_problem(rq, "name", "请写文件名，最多 200 字",
			"takes the file's name, 200 characters at most");
	return name;
}

/* NULL when it was not said; a field problem when there is none of the name. */
static const struct import_offer *offer_of(struct request *rq, bool must)
{
	struct str kind = request_query(rq, "kind");
	const struct import_offer *o = kind.p ? import_offer_named(kind) : NULL;

	if ((kind.p || must) && !o)
		request_problem(rq, "kind", "没有这种文件", "there is no such kind of file");
	return o;
}

static void put_columns(struct json_out *j, const struct preview *p)
{
	json_array(j, "columns");
	for (size_t i = 0; i < p->n_header; i++) {
		json_object(j, NULL);
		json_str(j, "header", p->header[i]);
		json_str(j, "meaning", p->means[i] ? str_of(p->means[i]) : (struct str){ NULL, 0 });
		json_close(j);
	}
	json_close(j);
	json_array(j, "missing");
	for (size_t i = 0; i < p->n_missing; i++)
		json_strz(j, NULL, p->missing[i]);
	json_close(j);
}

static void put_rows(struct json_out *j, const struct preview *p)
{
	json_array(j, "rows");
	for (size_t i = 0; i < p->n_rows; i++) {
		json_array(j, NULL);
		for (size_t c = 0; c < p->cells[i]; c++)
			json_str(j, NULL, p->rows[i][c]);
		json_close(j);
	}
	json_close(j);
	json_array(j, "problems");
	for (size_t i = 0; i < p->n_problems; i++) {
		json_object(j, NULL);
		json_strz(j, "zh", p->zh[i]);
		json_strz(j, "en", p->en[i]);
		json_close(j);
	}
	json_close(j);
}

static int reply_preview(struct request *rq, struct reply *rp, int status, const struct upload *u,
	const struct import_offer *offer)
{
	struct preview *p = ARENA_NEW(rq->arena, struct preview);
	struct json_out *j;
	char path[JOB_PATH_MAX];
	int rc;

	if (!p)
		return FAULT_MEMORY;
	spool_path(rq->service, "upload", u->id, path);
	rc = preview_import(&rq->env, path, u->name.p, offer, rq->arena, p);
	if (rc < 0)
		return rc;
	j = reply_json(rp, status);
	json_num(j, "upload", u->id);
	json_str(j, "name", u->name);
	json_num(j, "bytes", u->bytes);
	json_str(j, "encoding", p->encoding);
	json_str(j, "kind", p->offer ? str_of(p->offer->kind->name) : (struct str){ NULL, 0 });
	json_bool(j, "guessed", p->guessed);
	if (p->header_row)
		json_num(j, "header_row", p->header_row);
	else
		json_null(j, "header_row");
	put_columns(j, p);
	put_rows(j, p);
	json_bool(j, "repeated", p->repeated);
	return reply_json_end(rp);
}

/* Flushed, so that a job that is queued after a crash finds the bytes it was promised. */
static int move_in(struct request *rq, int64_t id)
{
	char path[JOB_PATH_MAX];
	int fd = open(rq->body_path, O_RDONLY | O_CLOEXEC), rc = 0;

	if (fd < 0 || fsync(fd) != 0)
		rc = FAULT_IO;
	if (fd >= 0)
		close(fd);
	spool_path(rq->service, "upload", id, path);
	if (rc == 0 && rename(rq->body_path, path) != 0)
		rc = FAULT_IO;
	if (rc < 0)
		log_line(LOG_ERROR, "upload_lost upload=%lld error=%d", (long long)id, errno);
	return rc;
}

int http_upload(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "name", "kind", NULL };
	struct upload u = { .account = rq->caller.account, .bytes = (int64_t)rq->body_bytes };
	const struct import_offer *offer;
	int rc;

	if (!may_import(rq))
		return reply_problem(rq, rp, PROBLEM_FORBIDDEN, NULL);
	if (!media_known(rq->content_type))
		return reply_problem(rq, rp, PROBLEM_MEDIA, NULL);
	request_query_only(rq, names);
	u.name = file_name(rq);
	offer = offer_of(rq, false);
	if (rq->body_bytes == 0 || !rq->body_path)
		request_problem(rq, "body", "文件是空的", "the file is empty");
	if (request_invalid(rq, rp))
		return 0;
	u.name = arena_str(rq->arena, u.name);
	if (!u.name.p)
		return FAULT_MEMORY;
	exchange_body_digest(rq->door, u.digest);
	rc = upload_note(&rq->env, &u, &u.id);
	if (rc == FAULT_LIMIT)
		return reply_problem(rq, rp, PROBLEM_RATE,
			"上传的文件太多，一周前的会自动清除 / too many uploads; those a week old are swept");
	if (rc == 0)
		rc = move_in(rq, u.id);
	return rc < 0 ? rc : reply_preview(rq, rp, 201, &u, offer);
}

int http_upload_preview(struct request *rq, struct reply *rp)
{
	static const char *const names[] = { "kind", NULL };
	const struct import_offer *offer = offer_of(rq, true);
	struct upload u;
	int64_t id;
	int rc;

	request_query_only(rq, names);
	if (request_invalid(rq, rp))
		return 0;
	if (!param_id(rq, 0, &id))
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	rc = upload_find(&rq->env, rq->caller.account, id, rq->arena, &u);
	if (rc < 0)
		return rc;
	if (rc == 0)
		return reply_problem(rq, rp, PROBLEM_NOT_FOUND, NULL);
	return reply_preview(rq, rp, 200, &u, offer);
}
