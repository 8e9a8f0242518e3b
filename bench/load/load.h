/* SPDX-License-Identifier: Apache-2.0 */
/* bench_load: many clients of a running server from a process of their own.  What its parts share.
 *
 * One thread, epoll.  Work is offered by the clock, not by the answers: a call's latency counts
 * from the moment it was due, so that a server that stalls is charged for everybody who waited. */
#ifndef CANBAO_BENCH_LOAD_H
#define CANBAO_BENCH_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOAD_PATH_MAX 256
#define LOAD_BODY_MAX 1024
#define LOAD_COOKIE_MAX 1200
#define LOAD_ANSWER_MAX ((size_t)4 << 20)
#define LOAD_CONNECTIONS_MAX 4096

double load_now(void); /* seconds, monotonic */
void load_must(bool ok, const char *what, const char *why);

/* What is measured apart. */
enum load_kind {
	LOAD_VISIT, /* name and number: look-up and quote */
	LOAD_WHY,
	LOAD_RECORD,
	LOAD_SEASON,
	LOAD_ORDER,  /* one payment is ordered */
	LOAD_NOTIFY, /* the channel says it was paid: stored, posted, durable */
	LOAD_DESK,
	LOAD_SEARCH,
	LOAD_PERSON,
	LOAD_PAYMENTS,
	LOAD_MISSING,
	LOAD_PROGRESS,
	LOAD_RANKING,
	LOAD_LOGIN,
	LOAD_KINDS
};

struct call {
	enum load_kind kind;
	int64_t user;
	double due;
	const char *method;
	char path[LOAD_PATH_MAX];
	char headers[LOAD_COOKIE_MAX + 512]; /* lines, each ended by CR LF */
	char body[LOAD_BODY_MAX];
};

struct answer {
	int status;
	const char *body; /* NUL-terminated */
	size_t n;
	char cookie[LOAD_COOKIE_MAX]; /* "name=value" of Set-Cookie, empty when none came */
};

/* Offer a call; it is sent on the next free connection. */
void net_offer(const struct call *c);
/* Open connections to 127.0.0.1:port.  `done` is told each answer (status 0: the connection broke).
 */
void net_open(
	int port, int connections, void (*done)(const struct call *c, const struct answer *a));
/* Handle what happens until `until`. */
void net_run(double until);
/* Calls that wait or are under way. */
size_t net_busy(void);

/* Latencies by kind. */
void stat_add(enum load_kind kind, double seconds, int status);
void stat_reset(void);
void stat_print(double seconds);
uint64_t stat_errors(void);

#endif
