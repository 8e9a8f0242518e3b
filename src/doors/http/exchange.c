/* SPDX-License-Identifier: Apache-2.0 */
/* The life of an exchange, and what its first lines already rule out. */
#include "doors/http/exchange.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "doors/http/server.h"

int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void make_id(char ret_id[17])
{
	static _Atomic uint64_t next;
	uint64_t v = atomic_load_explicit(&next, memory_order_relaxed);

	if (v == 0) {
		uint64_t seed;

		BUG_IF(RAND_bytes((unsigned char *)&seed, sizeof(seed)) != 1);
		atomic_compare_exchange_strong(&next, &v, seed | 1);
	}
	v = atomic_fetch_add_explicit(&next, 0x9e3779b97f4a7c15ull, memory_order_relaxed);
	v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9ull;
	v = (v ^ (v >> 27)) * 0x94d049bb133111ebull;
	snprintf(ret_id, 17, "%016llx", (unsigned long long)(v ^ (v >> 31)));
}

struct exchange *exchange_new(struct server *server, struct MHD_Connection *c, const char *target)
{
	struct exchange *x = calloc(1, sizeof(*x));

	if (!x)
		return NULL;
	x->server = server;
	x->connection = c;
	atomic_store(&x->refs, 1);
	x->began_us = clock_us();
	x->deadline_us = x->began_us + server->service->settings.request_timeout * 1000000;
	x->spool = -1;
	snprintf(x->method, sizeof(x->method), "OTHER");
	if ((size_t)snprintf(x->target, sizeof(x->target), "%s", target) >= sizeof(x->target))
		exchange_refuse(x, PROBLEM_BAD_REQUEST);
	arena_init(&x->arena, REQUEST_ARENA_MAX);
	buf_init(&x->body, BODY_JSON_MAX * 4);
	buf_init(&x->rp.body, REPLY_BYTES_MAX);
	x->rq = (struct request){ .service = server->service, .arena = &x->arena, .door = x };
	make_id(x->rq.id);
	return x;
}

void exchange_hold(struct exchange *x)
{
	atomic_fetch_add(&x->refs, 1);
}

void exchange_drop(struct exchange *x)
{
	if (!x || atomic_fetch_sub(&x->refs, 1) != 1)
		return;
	stream_release(x);
	exchange_body_release(x);
	if (x->rp.file && x->rp.file_temp)
		unlink(x->rp.file);
	buf_release(&x->rp.body);
	arena_release(&x->arena);
	free(x);
}

void exchange_refuse(struct exchange *x, enum problem why)
{
	if (x->refused)
		return;
	x->refused = true;
	x->why = why;
}

static enum MHD_Result take_header(void *cls, enum MHD_ValueKind kind, const char *key,
	size_t key_n, const char *value, size_t value_n)
{
	struct exchange *x = cls;
	struct pair *p = &x->headers[x->n_headers];

	(void)kind;
	if (x->n_headers == HEADERS_MAX) {
		exchange_refuse(x, PROBLEM_BAD_REQUEST);
		return MHD_NO;
	}
	p->name = arena_str(&x->arena, (struct str){ key, key_n });
	p->value = arena_str(&x->arena, (struct str){ value ? value : "", value_n });
	if (!p->name.p || !p->value.p)
		exchange_refuse(x, PROBLEM_BUSY);
	else
		x->n_headers++;
	return MHD_YES;
}

static size_t header_count(const struct exchange *x, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n_headers; i++)
		n += x->headers[i].name.n == strlen(name) &&
		     strncasecmp(x->headers[i].name.p, name, x->headers[i].name.n) == 0;
	return n;
}

/* Two lengths, or a length beside an encoding, mean that somebody in between may read the request
 * otherwise than we do: it is refused and the connection closed. */
static void check_framing(struct exchange *x)
{
	static const char *const once[] = { "Content-Length", "Transfer-Encoding", "Host",
		"Content-Type", "Cookie", "Authorization", "X-CSRF-Token", "Idempotency-Key" };
	struct str coding = request_header(&x->rq, "Transfer-Encoding");
	struct str length = request_header(&x->rq, "Content-Length");
	int64_t bytes;
	size_t total = 0;

	for (size_t i = 0; i < ARRAY_LEN(once); i++)
		if (header_count(x, once[i]) > 1)
			x->close = true;
	for (size_t i = 0; i < x->n_headers; i++)
		total += x->headers[i].name.n + x->headers[i].value.n + 4;
	if ((coding.p && length.p) || total > HEADER_BYTES_MAX ||
		(coding.p && (coding.n != 7 || strncasecmp(coding.p, "chunked", 7) != 0)) ||
		(length.p && !str_int(length, &bytes)))
		x->close = true;
	if (x->close)
		exchange_refuse(x, PROBLEM_BAD_REQUEST);
}

static bool take_query(struct exchange *x, struct str raw)
{
	struct str part;

	if (raw.n == 0)
		return true;
	while (str_cut(&raw, STR("&"), &part)) {
		struct pair *p = &x->query[x->n_query];
		struct str name;

		if (part.n == 0)
			continue;
		if (x->n_query == QUERY_MAX || !str_cut(&part, STR("="), &name))
			return false;
		if (!part.p)
			part = STR("");
		if (!url_decode(&x->arena, name, true, &p->name) ||
			!url_decode(&x->arena, part, true, &p->value))
			return false;
		/* Which of two would count?  Neither. */
		if (request_query(&x->rq, p->name.p).p)
			return false;
		x->n_query++;
	}
	return true;
}

static void take_target(struct exchange *x)
{
	struct str rest = str_of(x->target), path;

	if (!str_cut(&rest, STR("?"), &path) || path.n == 0 || path.p[0] != '/') {
		exchange_refuse(x, PROBLEM_BAD_REQUEST);
		return;
	}
	x->rq.path = path;
	x->query_raw = rest;
	if (!take_query(x, rest))
		exchange_refuse(x, PROBLEM_BAD_REQUEST);
}

/* Proxies add their line below those that came with the request: the last one counts. */
static struct str last_header(const struct exchange *x, const char *name)
{
	for (size_t i = x->n_headers; i > 0; i--)
		if (x->headers[i - 1].name.n == strlen(name) &&
			strncasecmp(x->headers[i - 1].name.p, name, strlen(name)) == 0)
			return x->headers[i - 1].value;
	return (struct str){ NULL, 0 };
}

/* The peer's address; behind a proxy on this machine the last one that it added. */
static void take_address(struct exchange *x)
{
	const union MHD_ConnectionInfo *i =
		MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char *text = arena_alloc(&x->arena, INET6_ADDRSTRLEN);
	const struct sockaddr *a = i ? i->client_addr : NULL;

	x->rq.address = STR("?");
	if (!a || !text)
		return;
	if (a->sa_family == AF_INET &&
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, text,
			INET6_ADDRSTRLEN))
		x->rq.address = str_of(text);
	if (a->sa_family == AF_INET6 &&
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
			text, INET6_ADDRSTRLEN))
		x->rq.address = str_of(text);
	if (x->rq.service->settings.tls_proxy) {
		struct str rest = last_header(x, "X-Forwarded-For"), part = { NULL, 0 };

		while (str_cut(&rest, STR(","), &part))
			;
		part = str_trim(part);
		if (part.n && part.n < INET6_ADDRSTRLEN)
			x->rq.address = part;
	}
}

/* "en-GB,en;q=0.9": the first language decides. */
static bool wants_english(const struct exchange *x)
{
	struct str v = request_header(&x->rq, "Accept-Language");

	return v.n >= 2 && strncasecmp(v.p, "en", 2) == 0;
}

static void find_route(struct exchange *x, enum method m)
{
	const struct route *r = route_find(m, x->rq.path, &x->arena, x->rq.params, &x->allow);

	x->rq.route = r;
	if (r)
		return;
	if (m == METHOD_OPTIONS && x->allow)
		x->options = true;
	else if (m != METHOD_NONE && x->allow & 1u << m)
		exchange_refuse(x, PROBLEM_NOT_FOUND); /* a part of it names nothing: %ff, %00 */
	else if (x->allow)
		exchange_refuse(x, PROBLEM_METHOD);
	else if (!exchange_is_page(x))
		exchange_refuse(x, PROBLEM_NOT_FOUND);
	else if (m == METHOD_OPTIONS)
		x->options = true;
	else if (m != METHOD_GET && m != METHOD_HEAD)
		exchange_refuse(x, PROBLEM_METHOD);
}

void exchange_start(struct exchange *x, const char *method)
{
	enum method m = method_of(str_of(method));

	x->started = true;
	MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, take_header, x);
	take_address(x);
	check_framing(x);
	x->rq.english = wants_english(x);
	if (m != METHOD_NONE)
		snprintf(x->method, sizeof(x->method), "%s", method);
	if (x->refused)
		return;
	take_target(x);
	if (x->refused)
		return;
	find_route(x, m);
	if (!x->refused && x->rq.route && !rates_take(x->rq.service, RATE_ADDRESS, x->rq.address))
		exchange_refuse(x, PROBLEM_RATE);
	if (!x->refused && !exchange_body_open(x))
		exchange_refuse(x, PROBLEM_BUSY);
}
