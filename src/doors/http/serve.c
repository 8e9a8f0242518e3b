/* SPDX-License-Identifier: Apache-2.0 */
/* Putting the service together, running it, taking it down. */
#include "doors/http/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "acts/later.h"
#include "doors/http/idempotency.h"
#include "doors/http/jobs.h"
#include "acts/accounts.h"
#include "doors/http/server.h"
#include "doors/http/table.h"

#define CHINA_SECONDS (8 * 3600)
#define SWEEP_TICKS 40 /* of a quarter second */

day_t service_day(int64_t now)
{
	int64_t local = now + CHINA_SECONDS;

	return (day_t)(local / 86400 - (local % 86400 < 0));
}

/* The machine's clock, or, for demonstrations, its time of day on a fixed day. */
static int64_t now_of(void *ctx)
{
	const struct settings *s = ctx;
	int64_t now = (int64_t)time(NULL);

	if (s->clock == DAY_NONE)
		return now;
	return (int64_t)s->clock * 86400 - CHINA_SECONDS + (now + CHINA_SECONDS) % 86400;
}

static int64_t wall_of(void *ctx)
{
	(void)ctx;
	return (int64_t)time(NULL);
}

/* Of the log's lines: the machine's clock, whatever day a demonstration stands at. */
static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int read_settings(const struct serve_request *q, struct settings *s, struct err *err)
{
	int rc = 0;

	settings_init(s);
	if (q->config)
		rc = settings_read(s, q->config, err);
	for (size_t i = 0; rc == 0 && i < q->n_sets; i++)
		rc = settings_set_pair(s, q->sets[i], err);
	return rc;
}

static void set_log_level(const struct settings *s)
{
	static const char *const names[] = { "debug", "info", "warn", "error" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(s->log_level, names[i]) == 0)
			log_threshold((enum log_level)i);
}

static int open_store(struct service *s, struct err *err)
{
	const struct settings *set = &s->settings;
	const char *path = db_uri_path(set->db);
	char key[SETTING_TEXT_MAX + 8];
	int rc;

	if (set->key[0] == '\0' && !path)
		return err_set(err, FAULT_FORMAT,
			"用 PostgreSQL 时要写明 key（密钥文件）/ with PostgreSQL name the key file");
	snprintf(
		key, sizeof(key), "%s%s", set->key[0] ? set->key : path, set->key[0] ? "" : ".key");
	rc = store_open(set->db, key, err, &s->store);
	if (rc == 0)
		rc = store_modest(s->store);
	if (rc == 0)
		rc = vault_new(store_keys(s->store), &s->vault);
	return rc;
}

static int find_policy(struct service *s, const struct policy_set *packs, struct err *err)
{
	const struct pack **list = calloc(packs->n ? packs->n : 1, sizeof(*list));

	if (!list)
		return err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	s->policies = packs->items;
	s->packs = list;
	s->n_packs = packs->n;
	for (size_t i = 0; i < packs->n; i++) {
		list[i] = packs->items[i].pack;
		if (str_is(list[i]->code, s->settings.policy))
			s->policy = packs->items[i];
	}
	if (s->policy.pack)
		return 0;
	return err_set(err, FAULT_MISSING, "没有政策包 %s / no policy pack %s", s->settings.policy,
		s->settings.policy);
}

static int find_county(struct service *s, struct err *err)
{
	int64_t own = 0;
	int rc = store_county(s->store, &own);

	if (rc < 0)
		return err_set(err, rc, "%s", store_message());
	s->county = s->settings.county ? s->settings.county : own;
	if (s->county == 0 &&
		(!str_int(str_of(s->policy.pack->region), &s->county) || s->county % 100 == 0))
		return err_set(err, FAULT_FORMAT,
			"不知道是哪个县：请写 county / which county?  Set county");
	if (own && own != s->county)
		return err_set(err, FAULT_CONFLICT,
			"数据库属于 %lld，不是 %lld / the store is another county's",
			(long long)own, (long long)s->county);
	if (!policy_fits(s->policy.pack, s->county))
		return err_set(err, FAULT_CONFLICT,
			"政策包 %s 不能用于 %lld / the policy is another county's",
			s->settings.policy, (long long)s->county);
	return 0;
}

/* The spool folder is ours alone; spool.c sweeps it. */
static int make_spool(const struct settings *set, struct err *err)
{
	if (mkdir(set->spool, 0700) != 0 && errno != EEXIST)
		return err_set(err, FAULT_IO, "spool = %s：%s / cannot be made", set->spool,
			strerror(errno));
	return 0;
}

static int start_later(struct service *s, struct err *err)
{
	struct login_limits limits = service_limits(s);
	int rc = later_start(s->store, s->county, &limits, s->wall, s->now_ctx, &s->later);

	return rc < 0 ? err_set(err, rc, "%s", fault_text(rc)) : 0;
}

/* Everybody may know the passwords of a demonstration's accounts. */
static int refuse_demo_accounts(struct service *s, struct err *err)
{
	int64_t n = 0;
	int rc = s->settings.demo ? 0 : account_demo_count(s->store, s->county, &n);

	if (rc < 0)
		return err_set(err, rc, "%s", store_message());
	if (n == 0)
		return 0;
	return err_set(err, FAULT_CONFLICT,
		"数据库里有演示账号，只能在 demo = yes 时运行 / the store has demonstration accounts; it runs only with demo = yes");
}

static int service_open(
	struct service *s, const struct serve_request *q, struct policy_set *packs, struct err *err)
{
	int rc = settings_check(&s->settings, err);

	pthread_mutex_init(&s->vault_lock, NULL);
	s->sheets = q->sheets;
	s->now = now_of;
	s->wall = wall_of;
	s->now_ctx = &s->settings;
	s->started = s->wall(s->now_ctx);
	s->metrics = calloc(1, sizeof(*s->metrics));
	if (rc == 0 && (!s->metrics || rates_new(&s->rates) < 0))
		rc = err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	if (rc == 0)
		rc = make_spool(&s->settings, err);
	if (rc == 0)
		rc = open_store(s, err);
	if (rc == 0 && q->policies->load(s->settings.packs, strcmp(s->settings.language, "en") == 0,
			       packs) < 0)
		rc = err_set(err, FAULT_FORMAT, "政策包不能用 / the policy packs cannot be used");
	if (rc == 0)
		rc = find_policy(s, packs, err);
	if (rc == 0)
		rc = find_county(s, err);
	if (rc == 0)
		rc = refuse_demo_accounts(s, err);
	/* Half of the workers at most wait for passwords to be hashed. */
	password_waiting((int)s->settings.workers / 2);
	return rc < 0 ? rc : start_later(s, err);
}

static void service_close(
	struct service *s, const struct serve_request *q, struct policy_set *packs)
{
	later_stop(s->later);
	vault_free(s->vault);
	store_close(s->store);
	q->policies->release(packs);
	free((void *)s->packs);
	rates_free(s->rates);
	free(s->metrics);
	pthread_mutex_destroy(&s->vault_lock);
}

static void reload(struct service *s, const struct serve_request *q)
{
	static struct settings fresh;
	struct err err = { "" };
	struct buf kept;

	if (read_settings(q, &fresh, &err) < 0 || settings_check(&fresh, &err) < 0) {
		log_line(LOG_ERROR, "reload_refused why=%s", err.text);
		return;
	}
	buf_init(&kept, 4096);
	settings_reload(&s->settings, &fresh, &kept);
	set_log_level(&s->settings);
	log_line(LOG_INFO, "reloaded unchanged_until_restart=%s", kept.n ? kept.p : "-");
	buf_release(&kept);
}

static void wait_signals(sigset_t *ret_set)
{
	sigemptyset(ret_set);
	sigaddset(ret_set, SIGTERM);
	sigaddset(ret_set, SIGINT);
	sigaddset(ret_set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, ret_set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void run_until_stopped(
	struct server *server, const struct serve_request *q, const sigset_t *signals)
{
	const struct timespec tick = { 0, 250000000 };

	for (unsigned n = 1;; n++) {
		int got = sigtimedwait(signals, NULL, &tick);

		if (got == SIGTERM || got == SIGINT) {
			log_line(LOG_INFO, "stopping signal=%d", got);
			return;
		}
		if (got == SIGHUP)
			reload(server->service, q);
		server_tick(server);
		if (n % SWEEP_TICKS == 0)
			idempotency_sweep(server->service);
	}
}

static void tell(const struct service *s, uint16_t port)
{
	char host[64] = "";
	uint16_t asked;
	bool loopback;

	if (!settings_address(s->settings.listen, host, &asked, &loopback))
		return;
	printf(strchr(host, ':') ? "canbao: http://[%s]:%u/\n" : "canbao: http://%s:%u/\n", host,
		port);
	fflush(stdout);
}

/* A core would hold keys and residents.  The limit alone does not keep one from a program that the
 * kernel pipes cores to; and nobody of the same account reads the memory of a program that may not
 * be dumped. */
static void keep_no_core(void)
{
	const struct rlimit none = { 0, 0 };

	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0L) != 0)
		log_line(LOG_WARN, "core_dumps_stay_on error=%d", errno);
}

static int run(const struct serve_request *q, struct err *err)
{
	static struct service s; /* large; one a process */
	struct policy_set packs = { NULL, 0, NULL };
	struct server server;
	sigset_t signals;
	uint16_t port = 0;
	int rc = read_settings(q, &s.settings, err);

	if (rc < 0)
		return rc;
	set_log_level(&s.settings);
	log_clock(now_ms);
	keep_no_core();
	wait_signals(&signals);
	rc = service_open(&s, q, &packs, err);
	if (rc == 0 && jobs_new(&s, &s.jobs) < 0)
		rc = err_set(err, FAULT_MEMORY, "%s", fault_text(FAULT_MEMORY));
	if (rc == 0) {
		rc = server_start(&server, &s, &port, err);
		if (rc == 0) {
			tell(&s, port);
			log_line(LOG_INFO, "serving county=%lld policy=%s port=%u",
				(long long)s.county, s.settings.policy, port);
			run_until_stopped(&server, q, &signals);
		}
		if (!server_stop(&server)) {
			/* As after a power cut: what is committed is committed, the rest never
			 * was. */
			log_line(LOG_WARN, "stopped_at_work");
			_exit(1);
		}
	}
	jobs_free(s.jobs);
	service_close(&s, q, &packs);
	log_line(LOG_INFO, "stopped");
	return rc;
}

static int config(const struct serve_request *q, enum config_page page, bool check, struct buf *b,
	struct err *err)
{
	static struct settings s;
	int rc = read_settings(q, &s, err);

	if (rc == 0 && check)
		rc = settings_check(&s, err);
	if (rc < 0)
		return rc;
	if (page == CONFIG_DEFAULTS)
		settings_init(&s);
	if (page == CONFIG_MARKDOWN)
		settings_markdown(b);
	else
		settings_print(&s, q->english, b);
	return 0;
}

const struct serve_port http_serve = { .run = run, .config = config, .routes = routes_print };
