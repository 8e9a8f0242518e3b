/* SPDX-License-Identifier: Apache-2.0 */
/* What a channel knows of its payments: the money is taken once, the service is told until it
 * answered. */
#include "sim.h"

#include <inttypes.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/hex.h"

#define RETRY_MAX_SECONDS 60

static struct entry {
	char order[ORDER_TEXT_MAX];
	char channel[41];
	struct payment_state s;
	time_t next; /* when it is told again */
} entries[PAYMENTS_MAX];
static size_t n_entries;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static struct entry *find(const char *order)
{
	for (size_t i = 0; i < n_entries; i++)
		if (strcmp(entries[i].order, order) == 0)
			return &entries[i];
	return NULL;
}

void pay_look(const char *order, struct payment_state *ret_state)
{
	struct entry *e;

	pthread_mutex_lock(&lock);
	e = find(order);
	*ret_state = e ? e->s : (struct payment_state){ .state = PAY_NONE };
	pthread_mutex_unlock(&lock);
}

int notify(const struct config *c, const struct client *client, const char *order,
	const char *serial, int64_t fen, int64_t paid_at)
{
	char target[200], body[400];
	json_t *answer;
	int status;

	snprintf(target, sizeof(target), "/api/v1/channels/%s/notifications", client->channel);
	snprintf(body, sizeof(body),
		"{\"order\":\"%s\",\"serial\":\"%s\",\"amount_fen\":%" PRId64
		",\"paid_at\":%" PRId64 "}",
		order, serial, fen, paid_at);
	status = wire_call(c, client, "POST", target, body, NULL, &answer);
	json_decref(answer);
	return status;
}

/* What an answer means: a fault, 429 and 5xx say nothing about the payment. */
static enum pay_state meaning(int status)
{
	if (status == 200)
		return PAY_TOLD;
	return status < 0 || status == 429 || status >= 500 ? PAY_UNKNOWN : PAY_REFUSED;
}

static void tell(const struct config *c, const struct entry *copy)
{
	const struct client *client = client_of(c, copy->channel);
	int status = client ? notify(c, client, copy->order, copy->s.serial, copy->s.fen,
				      copy->s.paid_at)
			    : FAULT_MISSING;
	struct entry *e;
	time_t wait;

	pthread_mutex_lock(&lock);
	e = find(copy->order);
	e->s.status = status;
	e->s.tries++;
	e->s.state = meaning(status);
	wait = (time_t)1 << (e->s.tries > 6 ? 6 : e->s.tries);
	e->next = time(NULL) + (wait > RETRY_MAX_SECONDS ? RETRY_MAX_SECONDS : wait);
	pthread_mutex_unlock(&lock);
}

/* A new payment, or the one that is there.  NULL: the table is full. */
static struct entry *take(const char *order, const char *channel, int64_t fen, int64_t now)
{
	struct entry *e = find(order);
	unsigned char random[10];

	if (e || n_entries == PAYMENTS_MAX)
		return e;
	BUG_IF(RAND_bytes(random, sizeof(random)) != 1);
	e = &entries[n_entries++];
	*e = (struct entry){ .s = { .state = PAY_UNKNOWN, .fen = fen, .paid_at = now } };
	snprintf(e->order, sizeof(e->order), "%s", order);
	snprintf(e->channel, sizeof(e->channel), "%s", channel);
	snprintf(e->s.serial, sizeof(e->s.serial), "SIM");
	hex_print(random, sizeof(random), e->s.serial + 3);
	return e;
}

int pay_order(const struct config *c, const char *order, const char *channel, int64_t fen,
	struct payment_state *ret_state)
{
	int64_t now = sim_now(c);
	struct entry copy, *e;
	bool fresh;

	if (!client_of(c, channel))
		return FAULT_MISSING;
	pthread_mutex_lock(&lock);
	fresh = !find(order);
	e = take(order, channel, fen, now);
	if (e)
		copy = *e;
	pthread_mutex_unlock(&lock);
	if (!e)
		return FAULT_LIMIT;
	if (fresh || copy.s.state == PAY_UNKNOWN)
		tell(c, &copy);
	pay_look(order, ret_state);
	return 0;
}

static bool due(struct entry *ret_copy)
{
	time_t now = time(NULL);
	bool any = false;

	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < n_entries && !any; i++)
		if (entries[i].s.state == PAY_UNKNOWN && entries[i].s.tries > 0 &&
			entries[i].next <= now) {
			*ret_copy = entries[i];
			any = true;
		}
	pthread_mutex_unlock(&lock);
	return any;
}

static void *retry(void *arg)
{
	const struct config *c = arg;
	struct entry copy;

	for (;;) {
		if (due(&copy))
			tell(c, &copy);
		else
			usleep(300000);
	}
	return NULL;
}

int pay_retry_start(const struct config *c)
{
	pthread_t t;

	if (pthread_create(&t, NULL, retry, (void *)(uintptr_t)c) != 0)
		return FAULT_MEMORY;
	pthread_detach(t);
	return 0;
}
