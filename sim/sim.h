/* SPDX-License-Identifier: Apache-2.0 */
/* canbao-sim (模拟渠道): payment channels for demonstrations and tests.  It shows a payment page
 * for an order, and tells the service with a signed notification that the order was paid: again and
 * again until it knows what became of it.  No real money moves anywhere. */
#ifndef CANBAO_SIM_H
#define CANBAO_SIM_H

#include <jansson.h>
#include <pthread.h>

#include "acts/api_sign.h"
#include "base/arena.h"
#include "base/err.h"

#define CLIENTS_MAX 16
#define PAYMENTS_MAX 4096
#define ANSWER_MAX (256u * 1024u)
#define URL_TEXT_MAX 512
#define ORDER_TEXT_MAX 65

/* A channel's own identity at the service. */
struct client {
	char channel[41];
	char id[API_CLIENT_MAX + 1];
	unsigned char key[API_KEY_BYTES];
};

struct config {
	char server[URL_TEXT_MAX]; /* http://127.0.0.1:8080 without a slash behind */
	struct client clients[CLIENTS_MAX];
	size_t n_clients;
};

/* wire.c: one call to the service.  Returns the HTTP status, or a fault when there was no answer.
 * `client` NULL: unsigned.  *ret_json (NULL when the answer is none) is the caller's to decref.
 * `jar`: a cookie to send ("" none) that the answer's Set-Cookie replaces; may be NULL. */
#define COOKIE_MAX 1024
MUST_USE int wire_call(const struct config *c, const struct client *client, const char *method,
	const char *target, const char *body, char *jar, json_t **ret_json);

/* channel.c */
/* The lines of a file: CHANNEL CLIENT KEY; # begins a comment. */
MUST_USE int clients_read(struct config *c, const char *path, struct err *err);
const struct client *client_of(const struct config *c, const char *channel);
/* Seconds UTC on the service's day: a demonstration's day stands still in another year. */
int64_t sim_now(const struct config *c);

/* pay.c: what a channel knows of a payment. */
enum pay_state {
	PAY_NONE,
	PAY_UNKNOWN, /* taken from the payer, the service has not answered yet: told again */
	PAY_TOLD,    /* the service answered 200 */
	PAY_REFUSED  /* it answered 4xx: somebody has to look */
};

struct payment_state {
	enum pay_state state;
	int status; /* of the last answer */
	int tries;
	char serial[57];
	int64_t fen, paid_at;
};

/* Take the money for an order (once: a second call gives the first payment again) and tell the
 * service. FAULT_LIMIT when the table is full, FAULT_MISSING without a client for the channel. */
MUST_USE int pay_order(const struct config *c, const char *order, const char *channel, int64_t fen,
	struct payment_state *ret_state);
/* What is known of an order's payment; PAY_NONE when nothing. */
void pay_look(const char *order, struct payment_state *ret_state);
/* Tell the service once; the status or a fault. */
MUST_USE int notify(const struct config *c, const struct client *client, const char *order,
	const char *serial, int64_t fen, int64_t paid_at);
/* A thread that tells again what is PAY_UNKNOWN, later and later up to a minute. */
MUST_USE int pay_retry_start(const struct config *c);

/* page.c: serve the payment pages until SIGTERM. */
int pages_run(const struct config *c, const char *host, uint16_t port);

/* script.c: pay for the people of a file (name,number a line) without a page; prints a summary. */
struct script {
	const char *people;
	int orders;     /* at most */
	int duplicates; /* each notification is sent so many times more */
	int wrong_every,
		second_every; /* every n-th order: a wrong sum first; a second payment after */
};
int script_run(const struct config *c, const struct script *s);

#endif
