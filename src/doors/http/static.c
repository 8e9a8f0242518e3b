/* SPDX-License-Identifier: Apache-2.0 */
/* Pages out of the program itself: no file of the machine can be reached by any path. */
#include <string.h>

#include "doors/http/pages.h"

#define CSP_BASE \
	"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; " \
	"form-action 'self'; frame-ancestors 'none'"
#define CSP_CONSOLE CSP_BASE "; style-src 'self' 'unsafe-inline'"
#define POLICY "camera=(), microphone=(), geolocation=(), payment=(), usb=()"

static const struct page_file *exact(struct str path)
{
	size_t low = 0, high = page_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = str_cmp(str_of(page_files[middle].path), path);

		if (order == 0)
			return &page_files[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Views of a page live at paths of its own: their last part has no dot. */
static bool is_view(struct str path)
{
	size_t i = path.n;

	while (i > 0 && path.p[i - 1] != '/')
		if (path.p[--i] == '.')
			return false;
	return true;
}

/* The views of the resident's page (web/resident/src/router.ts); any other path is not found. */
static bool resident_view(struct str path)
{
	static const char *const views[] = { "/people", "/order", "/register", "/progress",
		"/ticket", "/record" };

	for (size_t i = 0; i < ARRAY_LEN(views); i++) {
		struct str view = str_of(views[i]);

		if (str_starts(path, view) && (path.n == view.n || path.p[view.n] == '/'))
			return is_view(path);
	}
	return false;
}

const struct page_file *page_find(struct str path)
{
	const struct page_file *f = exact(path);

	if (f)
		return f;
	if (str_is(path, "/"))
		return exact(STR("/index.html"));
	if (resident_view(path))
		return exact(STR("/index.html"));
	if (str_is(path, "/console") || str_starts(path, STR("/console/")))
		return is_view(path) ? exact(STR("/console/index.html")) : NULL;
	return NULL;
}

/* Does a list like "gzip, br;q=0.8" hold the word?  "q=0" refuses it. */
static bool accepts(struct str list, const char *word)
{
	struct str part, name;

	while (str_cut(&list, STR(","), &part)) {
		if (!str_cut(&part, STR(";"), &name) || !str_is(str_trim(name), word))
			continue;
		part = str_trim(part);
		return !part.p || !(str_is(part, "q=0") || str_starts(part, STR("q=0.0")));
	}
	return false;
}

static bool has_tag(struct str list, const char *etag)
{
	struct str part;

	while (str_cut(&list, STR(","), &part)) {
		part = str_trim(part);
		if (str_starts(part, STR("W/")))
			part = (struct str){ part.p + 2, part.n - 2 };
		if (str_is(part, etag) || str_is(part, "*"))
			return true;
	}
	return false;
}

static void add_headers(struct MHD_Response *r, const struct page_file *f, const char *coding)
{
	const char *const headers[][2] = {
		{ "Content-Type", f->type },
		{ "ETag", f->etag },
		{ "Vary", "Accept-Encoding" },
		{ "Cache-Control",
			f->immutable ? "public, max-age=31536000, immutable" : "no-cache" },
		{ "Content-Security-Policy", f->console ? CSP_CONSOLE : CSP_BASE },
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Permissions-Policy", POLICY },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Content-Encoding", coding },
	};

	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		if (headers[i][1] &&
			MHD_add_response_header(r, headers[i][0], headers[i][1]) != MHD_YES)
			return;
}

struct MHD_Response *page_response(
	const struct request *rq, const struct page_file *f, int *ret_status)
{
	struct str takes = request_header(rq, "Accept-Encoding");
	bool same = has_tag(request_header(rq, "If-None-Match"), f->etag);
	struct page_bytes bytes = f->plain;
	const char *coding = NULL;
	struct MHD_Response *r;

	if (f->brotli.n && accepts(takes, "br")) {
		bytes = f->brotli;
		coding = "br";
	} else if (f->gzip.n && accepts(takes, "gzip")) {
		bytes = f->gzip;
		coding = "gzip";
	}
	r = MHD_create_response_from_buffer(
		same ? 0 : bytes.n, (void *)bytes.p, MHD_RESPMEM_PERSISTENT);
	if (!r)
		return NULL;
	add_headers(r, f, same ? NULL : coding);
	*ret_status = same ? 304 : 200;
	return r;
}
