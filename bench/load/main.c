/* SPDX-License-Identifier: Apache-2.0 */
/* bench_load: residents and offices at a running server (script/bench-load starts one).
 *
 *     bench_load lookups|payments|mixed --port N --people FILE --rate N --seconds N
 *                [--clock SECONDS] [--client ID --key FILE] [--offices FILE] [--town CODE] [--skip
 * N]
 *
 * FILE of people: name TAB number, a line a person.  lookups: so many look-ups with quotes a
 * second. payments: so many residents a second who look themselves up, order and pay; the channel's
 * signed notification is answered after its commit.  mixed: --rate is the number of sessions at
 * once; each does something every two seconds on the average. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "acts/api_sign.h"
#include "load.h"

#define PEOPLE_MAX 1500000
#define OFFICES_MAX 512
#define WARM_SECONDS 3
#define OFFICE_LOGINS 5        /* script/bench-load: so many log-ins in turn … */
#define OFFICE_LOGINS_COUNTY 3 /* … of which the first see the whole county */

struct resident {
	const char *name, *number;
};
struct user {
	char cookie[LOAD_COOKIE_MAX], csrf[80], order[80];
	int64_t fen, person;
	double next;
	size_t resident;
};

static struct {
	const char *mode, *client;
	int port, rate, seconds;
	int64_t clock_off; /* what the server's clock is ahead of ours */
	unsigned char key[API_KEY_BYTES];
	struct resident *people;
	size_t n_people, next_person;
	struct user *users;
	size_t n_users, n_offices;
	const char *town, *village;
	uint64_t random;
	bool pay, chain;
} run;

double load_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void load_must(bool ok, const char *what, const char *why)
{
	if (ok)
		return;
	fprintf(stderr, "bench_load: %s %s\n", what, why);
	exit(2);
}

static uint64_t draw(uint64_t n)
{
	run.random ^= run.random << 13;
	run.random ^= run.random >> 7;
	run.random ^= run.random << 17;
	return run.random % n;
}

static void read_people(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[256];

	load_must(f != NULL, path, strerror(errno));
	run.people = calloc(PEOPLE_MAX, sizeof(*run.people));
	load_must(run.people != NULL, "out of", "memory");
	while (run.n_people < PEOPLE_MAX && fgets(line, sizeof(line), f)) {
		char *copy = strdup(line), *tab;

		load_must(copy != NULL, "out of", "memory");
		copy[strcspn(copy, "\r\n")] = '\0';
		tab = strchr(copy, '\t');
		if (!tab)
			continue;
		*tab = '\0';
		run.people[run.n_people++] = (struct resident){ copy, tab + 1 };
	}
	fclose(f);
	load_must(run.n_people > 0, path, "has nobody");
}

/* --- what is asked ------------------------------------------------------------------------- */

static void visitor(struct call *c, const struct user *u)
{
	snprintf(c->headers, sizeof(c->headers), "X-Canbao: 1\r\n%s%s%s",
		u->cookie[0] ? "Cookie: " : "", u->cookie, u->cookie[0] ? "\r\n" : "");
}

static void ask(struct call *c, enum load_kind kind, int64_t user, double due, const char *method,
	const char *path)
{
	*c = (struct call){ .kind = kind, .user = user, .due = due, .method = method };
	snprintf(c->path, sizeof(c->path), "%s", path);
	visitor(c, &run.users[user]);
}

static void ask_visit(int64_t user, double due)
{
	struct user *u = &run.users[user];
	const struct resident *r;
	struct call c;

	u->resident = run.next_person++ % run.n_people;
	r = &run.people[u->resident];
	u->cookie[0] = '\0';
	ask(&c, LOAD_VISIT, user, due, "POST", "/api/v1/resident/visits");
	snprintf(c.body, sizeof(c.body),
		"{\"policy\":\"lingbi-2023\",\"name\":\"%s\",\"number\":\"%s\"}", r->name,
		r->number);
	net_offer(&c);
}

static void ask_order(int64_t user)
{
	struct user *u = &run.users[user];
	struct call c;

	ask(&c, LOAD_ORDER, user, load_now(), "POST", "/api/v1/resident/orders");
	snprintf(c.headers + strlen(c.headers), 100, "Idempotency-Key: b%" PRId64 "-%zu\r\n", user,
		u->resident);
	snprintf(c.body, sizeof(c.body),
		"{\"people\":[0],\"channel\":\"wechat\",\"total_fen\":%" PRId64 "}", u->fen);
	net_offer(&c);
}

static void ask_notify(int64_t user)
{
	static uint64_t nonce; /* also in the serial: every notification is of its own payment */
	struct user *u = &run.users[user];
	int64_t now = (int64_t)time(NULL);
	char text[64];
	struct api_request q = { .method = STR("POST"), .time = now };
	struct call c;
	struct buf b;

	ask(&c, LOAD_NOTIFY, user, load_now(), "POST", "/api/v1/channels/wechat/notifications");
	snprintf(c.body, sizeof(c.body),
		"{\"order\":\"%s\",\"serial\":\"B%zu-%" PRIu64 "-%d\",\"amount_fen\":%" PRId64
		",\"paid_at\":%" PRId64 "}",
		u->order, u->resident, ++nonce, (int)(now % 1000000), u->fen, now + run.clock_off);
	snprintf(text, sizeof(text), "bench-%010" PRIu64 "-%ld", nonce, (long)time(NULL));
	q.target = str_of(c.path);
	q.nonce = str_of(text);
	api_body_digest(str_of(c.body), q.body_sm3);
	buf_init(&b, API_HEADER_MAX);
	api_header_print(&b, str_of(run.client), run.key, &q);
	snprintf(c.headers, sizeof(c.headers), "Authorization: %s\r\n", buf_str(&b).p);
	buf_release(&b);
	net_offer(&c);
}

static void ask_office(int64_t user, double due)
{
	static const struct {
		enum load_kind kind;
		const char *method, *path;
	} wanted[] = { { LOAD_DESK, "GET", "/api/v1/desk" },
		{ LOAD_PROGRESS, "GET", "/api/v1/reports/progress" },
		{ LOAD_RANKING, "GET", "/api/v1/reports/ranking" },
		{ LOAD_PAYMENTS, "GET", "/api/v1/payments?limit=50" },
		{ LOAD_SEARCH, "POST", "/api/v1/people/search" }, { LOAD_PERSON, "GET", "" },
		{ LOAD_MISSING, "GET", "/api/v1/missing?limit=50&division=" } };
	/* A town or a village is not asked for what lies outside it. */
	size_t local = user % OFFICE_LOGINS >= OFFICE_LOGINS_COUNTY ? 2 : 0;
	size_t i = draw(sizeof(wanted) / sizeof(*wanted) - local);
	struct user *u = &run.users[user];
	struct call c;

	ask(&c, wanted[i].kind, user, due, wanted[i].method, wanted[i].path);
	snprintf(c.headers + strlen(c.headers), 120, "X-CSRF-Token: %s\r\n", u->csrf);
	if (wanted[i].kind == LOAD_SEARCH)
		snprintf(c.body, sizeof(c.body), "{\"name\":\"%s\"}",
			run.people[draw(run.n_people)].name);
	if (wanted[i].kind == LOAD_PERSON)
		snprintf(c.path, sizeof(c.path), "/api/v1/people/%" PRIu64, 1 + draw(run.n_people));
	if (wanted[i].kind == LOAD_MISSING)
		snprintf(c.path + strlen(c.path), 40, "%s", run.village);
	net_offer(&c);
}

static void ask_resident(int64_t user, double due)
{
	static const struct {
		enum load_kind kind;
		const char *path;
	} more[] = { { LOAD_WHY, "/api/v1/resident/why" },
		{ LOAD_RECORD, "/api/v1/resident/record" }, { LOAD_SEASON, "/api/v1/season" } };
	uint64_t d = draw(10);
	struct call c;

	if (d < 6 || !run.users[user].cookie[0]) {
		ask_visit(user, due);
		return;
	}
	ask(&c, more[d % 3].kind, user, due, "GET", more[d % 3].path);
	net_offer(&c);
}

/* --- what is answered ---------------------------------------------------------------------- */

static int64_t number_after(const char *body, const char *key)
{
	const char *p = strstr(body, key);

	return p ? strtoll(p + strlen(key), NULL, 10) : -1;
}

static void text_after(const char *body, const char *key, char *ret, size_t size)
{
	const char *p = strstr(body, key);
	size_t n;

	ret[0] = '\0';
	if (!p)
		return;
	p += strlen(key);
	n = strcspn(p, "\"");
	if (n < size) {
		memcpy(ret, p, n);
		ret[n] = '\0';
	}
}

static void answered(const struct call *c, const struct answer *a)
{
	struct user *u = &run.users[c->user];

	if (a->cookie[0])
		snprintf(u->cookie, sizeof(u->cookie), "%s", a->cookie);
	if (c->kind == LOAD_LOGIN)
		text_after(a->body, "\"csrf\":\"", u->csrf, sizeof(u->csrf));
	if (c->kind == LOAD_VISIT) {
		u->fen = number_after(a->body, "\"payable_fen\":");
		if (run.pay && a->status == 200 && u->fen > 0 &&
			(strstr(a->body, "\"renew\"") || strstr(a->body, "\"first\"")) &&
			(run.chain || draw(4) == 0))
			ask_order(c->user);
	}
	if (c->kind == LOAD_ORDER && a->status == 201) {
		text_after(a->body, "\"number\":\"", u->order, sizeof(u->order));
		ask_notify(c->user);
	}
	if (c->kind == LOAD_NOTIFY && a->status == 200 && !strstr(a->body, "\"posted\""))
		stat_add(LOAD_NOTIFY, 0, -2);
}

/* --- the three ways to run ------------------------------------------------------------------ */

/* A visitor arrives every 1/rate seconds, whatever the server does. */
static void arrive(double seconds)
{
	double start = load_now(), every = 1.0 / run.rate;
	uint64_t n = 0;

	while (load_now() < start + seconds) {
		double due = start + (double)n * every;

		net_run(due);
		ask_visit((int64_t)(n++ % run.n_users), due);
	}
}

static void open_offices(const char *path)
{
	FILE *f = fopen(path, "r");
	char line[200];

	load_must(f != NULL, path, strerror(errno));
	while (run.n_offices < OFFICES_MAX && fgets(line, sizeof(line), f)) {
		char *tab = strchr(line, '\t');
		struct call c;

		if (!tab)
			continue;
		*tab = '\0';
		tab[1 + strcspn(tab + 1, "\r\n")] = '\0';
		ask(&c, LOAD_LOGIN, (int64_t)run.n_offices, load_now(), "POST", "/api/v1/sessions");
		snprintf(c.body, sizeof(c.body), "{\"login\":\"%s\",\"password\":\"%s\"}", line,
			tab + 1);
		net_offer(&c);
		run.n_offices++;
		while (net_busy())
			net_run(load_now() + 0.001);
	}
	fclose(f);
}

static void live(double seconds)
{
	double start = load_now(), now = start;

	for (size_t i = 0; i < run.n_users; i++)
		run.users[i].next = start + (double)draw(2000) / 1000;
	while (now < start + seconds) {
		for (size_t i = 0; i < run.n_users; i++) {
			struct user *u = &run.users[i];

			if (u->next > now)
				continue;
			if (i < run.n_offices)
				ask_office((int64_t)i, u->next);
			else
				ask_resident((int64_t)i, u->next);
			u->next += 1.0 + (double)draw(2000) / 1000;
		}
		net_run(load_now() + 0.001);
		now = load_now();
	}
}

static void finish(void)
{
	double until = load_now() + 30;

	while (net_busy() && load_now() < until)
		net_run(load_now() + 0.01);
	load_must(net_busy() == 0, "answers", "did not come");
}

static const char *read_key(const char *path)
{
	static char hex[80];
	FILE *f = fopen(path, "r");

	load_must(f && fgets(hex, sizeof(hex), f), path, "cannot be read");
	fclose(f);
	hex[strcspn(hex, "\r\n")] = '\0';
	load_must(api_key_parse(str_of(hex), run.key), path, "is no key");
	return hex;
}

static void options(int argc, char **argv)
{
	static const struct option all[] = { { "port", 1, NULL, 'p' }, { "people", 1, NULL, 'f' },
		{ "rate", 1, NULL, 'r' }, { "seconds", 1, NULL, 's' }, { "client", 1, NULL, 'c' },
		{ "key", 1, NULL, 'k' }, { "offices", 1, NULL, 'o' }, { "village", 1, NULL, 'v' },
		{ "clock", 1, NULL, 't' }, { "skip", 1, NULL, 'n' }, { NULL, 0, NULL, 0 } };
	const char *offices = NULL;
	int o;

	while ((o = getopt_long(argc, argv, "", all, NULL)) != -1) {
		switch (o) {
		case 'p':
			run.port = (int)strtol(optarg, NULL, 10);
			break;
		case 'f':
			read_people(optarg);
			break;
		case 'r':
			run.rate = (int)strtol(optarg, NULL, 10);
			break;
		case 's':
			run.seconds = (int)strtol(optarg, NULL, 10);
			break;
		case 'c':
			run.client = optarg;
			break;
		case 'k':
			read_key(optarg);
			break;
		case 'o':
			offices = optarg;
			break;
		case 'v':
			run.village = optarg;
			break;
		case 't':
			run.clock_off = strtoll(optarg, NULL, 10);
			break;
		case 'n':
			run.next_person = strtoull(optarg, NULL, 10);
			break;
		default:
			exit(2);
		}
	}
	load_must(optind + 1 == argc && run.port && run.rate > 0 && run.seconds > 0 && run.people,
		"usage:", "bench_load lookups|payments|mixed --port --people --rate --seconds …");
	run.mode = argv[optind];
	run.n_users = strcmp(run.mode, "mixed") == 0 ? (size_t)run.rate : 20000;
	run.users = calloc(run.n_users, sizeof(*run.users));
	load_must(run.users != NULL, "out of", "memory");
	net_open(run.port, strcmp(run.mode, "mixed") == 0 ? run.rate : 256, answered);
	if (offices)
		open_offices(offices);
}

int main(int argc, char **argv)
{
	double start;

	run.random = 88172645463325252ull;
	run.client = "bench";
	run.village = "341323100001";
	options(argc, argv);
	run.pay = strcmp(run.mode, "lookups") != 0;
	run.chain = strcmp(run.mode, "payments") == 0;
	for (int round = 0; round < 2; round++) {
		double seconds = round ? run.seconds : WARM_SECONDS;

		if (round)
			stat_reset();
		start = load_now();
		if (strcmp(run.mode, "mixed") == 0)
			live(seconds);
		else
			arrive(seconds);
		finish();
	}
	stat_print(load_now() - start);
	return stat_errors() ? 1 : 0;
}
