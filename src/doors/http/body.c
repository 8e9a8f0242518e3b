/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies: counted while they come in, JSON in memory, files in the spool folder. */
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "doors/http/exchange.h"
#include "doors/http/server.h"

static bool is_json(struct str type)
{
	struct str kind = { NULL, 0 };

	if (!str_cut(&type, STR(";"), &kind))
		return false;
	kind = str_trim(kind);
	return kind.n == 16 && strncasecmp(kind.p, "application/json", 16) == 0;
}

static uint64_t ceiling(const struct exchange *x)
{
	const struct settings *s = &x->rq.service->settings;
	const struct route *r = x->rq.route;

	if (!r || r->body == BODY_NONE)
		return 0;
	if (r->body == BODY_JSON)
		return (uint64_t)s->body_json;
	return (uint64_t)(r->flags & ROUTE_EVIDENCE ? s->body_evidence : s->body_upload);
}

static bool open_spool(struct exchange *x)
{
	const struct settings *s = &x->rq.service->settings;

	x->deadline_us = x->began_us + s->upload_timeout * 1000000;
	snprintf(x->spool_path, sizeof(x->spool_path), "%s/in-XXXXXX", s->spool);
	x->spool = mkostemp(x->spool_path, O_CLOEXEC);
	if (x->spool < 0)
		log_line(LOG_ERROR, "spool_failed error=%d", errno);
	return x->spool >= 0;
}

/* What the headers say of the body. */
bool exchange_body_open(struct exchange *x)
{
	const struct route *r = x->rq.route;
	struct str length = request_header(&x->rq, "Content-Length");
	int64_t bytes = 0;
	bool comes;

	x->body_max = ceiling(x);
	x->rq.content_type = request_header(&x->rq, "Content-Type");
	if (length.p && !str_int(length, &bytes))
		return false;
	comes = bytes > 0 || request_header(&x->rq, "Transfer-Encoding").p;
	if (comes && (!r || r->body == BODY_NONE))
		exchange_refuse(x, PROBLEM_BAD_REQUEST);
	else if ((uint64_t)bytes > x->body_max)
		exchange_refuse(x, PROBLEM_TOO_LARGE);
	else if (comes && r->body == BODY_JSON && !is_json(x->rq.content_type))
		exchange_refuse(x, PROBLEM_MEDIA);
	if (x->refused)
		return true;
	x->digest = EVP_MD_CTX_new();
	if (!x->digest || EVP_DigestInit_ex(x->digest, EVP_sm3(), NULL) != 1)
		return false;
	return !r || r->body != BODY_FILE || open_spool(x);
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t wrote = write(fd, p, n);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		p += wrote;
		n -= (size_t)wrote;
	}
	return true;
}

bool exchange_body(struct exchange *x, const char *p, size_t n)
{
	x->body_seen += n;
	if (!x->refused && x->body_seen > x->body_max)
		exchange_refuse(x, PROBLEM_TOO_LARGE);
	if (x->refused)
		return x->body_seen <= x->body_max + DRAIN_MAX;
	if (EVP_DigestUpdate(x->digest, p, n) != 1)
		return false;
	if (x->spool >= 0) {
		if (!write_all(x->spool, p, n)) {
			log_line(LOG_ERROR, "spool_failed error=%d", errno);
			exchange_refuse(x, PROBLEM_BUSY);
		}
		return true;
	}
	buf_add(&x->body, (struct str){ p, n });
	if (buf_bad(&x->body))
		exchange_refuse(x, PROBLEM_TOO_LARGE);
	return true;
}

void exchange_body_digest(struct exchange *x, unsigned char ret_digest[32])
{
	EVP_MD_CTX *copy = EVP_MD_CTX_new();

	BUG_IF(!x->digest || !copy || EVP_MD_CTX_copy_ex(copy, x->digest) != 1 ||
		EVP_DigestFinal_ex(copy, ret_digest, NULL) != 1);
	EVP_MD_CTX_free(copy);
}

void exchange_body_release(struct exchange *x)
{
	EVP_MD_CTX_free(x->digest);
	x->digest = NULL;
	if (x->spool >= 0)
		close(x->spool);
	/* A handler that keeps the file has moved it. */
	if (x->spool >= 0 && x->spool_path[0])
		unlink(x->spool_path);
	x->spool = -1;
	buf_release(&x->body);
}
