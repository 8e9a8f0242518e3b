/* SPDX-License-Identifier: Apache-2.0 */
/* bench_season [--people N] [--engine sqlite|pg] [--dir DIR] [--files]
 *
 * A season over a made-up county: import, assess, take payments, rank, many clients; each beside
 * the bare engine writing the same rows with the same settings, schema and indexes.  A ratio is of
 * two figures of one run.  PostgreSQL needs CANBAO_TEST_PG_URI (CANBAO_PG_SAFE=1
 * script/with-postgres).  Prints one line a figure: name, measured, goal.  --files: write the
 * county's files into DIR and stop. */
#include <dirent.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "doors/cli/packs.h"
#include "season.h"

#define PEOPLE 1090000
#define FSYNCS 50

double season_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void season_must(bool ok, const char *what, const char *why)
{
	if (ok)
		return;
	fprintf(stderr, "bench_season: %s: %s\n", what, why);
	exit(1);
}

const char *season_path(const struct season *s, const char *fmt, ...)
{
	static char paths[4][400];
	static unsigned at;
	char *path = paths[at++ % 4];
	int n = snprintf(path, sizeof(paths[0]), "%s/", s->dir);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(path + n, sizeof(paths[0]) - (size_t)n, fmt, ap);
	va_end(ap);
	return path;
}

void season_child(const struct season *s,
	void (*fn)(const struct season *s, void *arg, struct season_run *ret), void *arg,
	struct season_run *ret)
{
	struct season_run *shared = mmap(
		NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct rusage usage;
	int status;
	pid_t pid;

	season_must(shared != MAP_FAILED, "out of", "memory");
	fflush(NULL);
	pid = fork();
	season_must(pid >= 0, "cannot", "fork");
	if (pid == 0) {
		fn(s, arg, shared);
		_exit(0);
	}
	season_must(wait4(pid, &status, 0, &usage) == pid, "no", "child");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		exit(1);
	*ret = *shared;
	ret->rss_kib = usage.ru_maxrss;
	munmap(shared, sizeof(*shared));
}

static void load_policy(struct season *s)
{
	struct diags d;
	struct err err = { "" };
	const char *folder = packs_default_folder();

	arena_init(&s->arena, PACKS_BYTES_MAX);
	diags_init(&d, &s->arena);
	season_must(
		packs_load_folder(&s->arena, arena_printf(&s->arena, "%s/" SEASON_POLICY, folder).p,
			NULL, &d, &err, &s->policy.pack) == 0,
		"no policy", err.text);
	s->assess_on = s->policy.pack->regular_window.from;
	s->last_day = s->policy.pack->regular_window.to;
	s->as_of = s->assess_on - 11;
}

static void figure(const char *name, double value, const char *unit, double goal, bool at_least)
{
	if (goal > 0)
		printf("%-44s %10.2f %-7s goal %s %g: %s\n", name, value, unit,
			at_least ? ">=" : "<=", goal,
			(at_least ? value >= goal : value <= goal) ? "met" : "NOT MET");
	else
		printf("%-44s %10.2f %s\n", name, value, unit);
}

static void bare(const struct season *s, enum season_part part, struct season_run *ret)
{
	season_child(s, s->engine == DB_PG ? season_bare_pg : season_bare_sqlite, &part, ret);
}

static void compare(const struct season *s, const char *name, const struct season_run *ours,
	enum season_part part, double goal)
{
	struct season_run theirs;
	char line[100];

	bare(s, part, &theirs);
	snprintf(line, sizeof(line), "%s", name);
	figure(line, ours->seconds, "s", 0, false);
	snprintf(line, sizeof(line), "%s, bare: %" PRId64 " rows", name, theirs.rows);
	figure(line, theirs.seconds, "s", 0, false);
	snprintf(line, sizeof(line), "%s, ratio", name);
	figure(line, ours->seconds / theirs.seconds, "", goal, false);
}

static void import(const struct season *s, const char *kind, const char *file,
	const char *department, const char *channel, struct season_run *ret)
{
	struct season_import what = { kind, season_path(s, "%s", file), department, channel };

	season_child(s, season_import, &what, ret);
}

static void bench_residents(const struct season *s, const struct season_files *files)
{
	struct season_run r;

	import(s, "divisions", "divisions.csv", NULL, NULL, &r);
	import(s, "residents", "residents.csv", NULL, NULL, &r);
	season_must(r.rows == s->people && r.rejected == files->bad_rows, "residents",
		"not all were taken in");
	compare(s, "import residents", &r, SEASON_RESIDENTS, 2.5);
	figure("import residents, peak memory", (double)r.rss_kib / 1024, "MiB", 300, false);
	import(s, "residents", "residents-2.csv", NULL, NULL, &r);
	season_must(r.unchanged == s->people, "residents", "were changed by the same rows");
	figure("import the same residents again", r.seconds, "s", 0, false);
}

static void bench_lists(const struct season *s, const struct season_files *files)
{
	struct season_run r, sum = { 0 };
	struct season_run theirs;

	for (size_t d = 0; d < SEASON_LISTS_MAX; d++) {
		char file[80];
		const char *code;

		if (files->list_rows[d] == 0)
			continue;
		code = vocab_department.words[d].code;
		snprintf(file, sizeof(file), "list-%s.csv", code);
		import(s, "categories", file, code, NULL, &r);
		season_must(r.rows == files->list_rows[d], file, "not all were taken in");
		sum.rows += r.rows;
		sum.seconds += r.seconds;
	}
	bare(s, SEASON_LISTS, &theirs);
	season_must(theirs.rows == sum.rows, "lists", "the store holds other rows");
	figure("import lists", sum.seconds, "s", 0, false);
	figure("import lists, ratio", sum.seconds / theirs.seconds, "", 0, false);
}

static void bench_season(const struct season *s, const struct season_files *files)
{
	struct season_run r;

	season_child(s, season_assess, NULL, &r);
	season_must(r.rows + r.funded == s->people, "assess",
		"somebody has neither bill nor enrolment");
	compare(s, "assess everybody", &r, SEASON_BILLS, 2);
	figure("assess everybody, peak memory", (double)r.rss_kib / 1024, "MiB", 0, false);
	import(s, "payments", "payments.csv", NULL, SEASON_CHANNEL, &r);
	season_must(r.posted == files->good && r.suspended == files->suspended &&
			    r.unchanged + r.rejected == files->repeated,
		"payments", "the lines did not become what they are");
	compare(s, "take payments", &r, SEASON_PAYMENTS, 3);
	figure("take payments, peak memory", (double)r.rss_kib / 1024, "MiB", 0, false);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void bench_ranking(const struct season *s)
{
	struct season_run r;

	season_child(s, season_ranking, NULL, &r);
	qsort(r.each, r.n_each, sizeof(double), by_value);
	figure("ranking, median of 20", r.each[r.n_each / 2] * 1e3, "ms", 50, false);
}

static void bench_clients(const struct season *s)
{
	struct season_run r;

	season_child(s, season_clients, NULL, &r);
	figure("64 clients, payments a second", r.other[CLIENTS_OURS], "/s", 0, false);
	figure("64 clients, bare group commits", r.other[CLIENTS_BARE], "/s", 0, false);
	figure("64 clients, throughput ratio (median of 5)", r.other[CLIENTS_RATIO], "", 0.5, true);
	figure("64 clients, latency p50", r.other[CLIENTS_P50] * 1e3, "ms", 0, false);
	figure("64 clients, latency p99", r.other[CLIENTS_P99] * 1e3, "ms", 0, false);
	figure("64 clients, worst latency", r.other[CLIENTS_WORST] * 1e3, "ms", 50, false);
}

static int by_time(const void *a, const void *b)
{
	return by_value(a, b);
}

/* Median cost of writing 4 KiB at the end of a file and waiting for the disk. */
static void bench_fsync(const struct season *s)
{
	const char *path = season_path(s, "fsync");
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	double each[FSYNCS];
	char page[4096] = { 0 };

	season_must(fd >= 0, "cannot write", path);
	for (int i = 0; i < FSYNCS; i++) {
		double start = season_now();

		season_must(write(fd, page, sizeof(page)) == sizeof(page) && fdatasync(fd) == 0,
			"cannot write", path);
		each[i] = season_now() - start;
	}
	close(fd);
	qsort(each, FSYNCS, sizeof(double), by_time);
	figure("fdatasync of 4 KiB, median", each[FSYNCS / 2] * 1e3, "ms", 0, false);
}

static void make_database(const char *server, const char *name, struct season_store *ret)
{
	const char *slash = strchr(server + strlen("postgresql://"), '/'), *query;
	PGconn *h = PQconnectdb(server);
	char sql[100];
	PGresult *res;

	season_must(PQstatus(h) == CONNECTION_OK && slash != NULL, "no server", PQerrorMessage(h));
	query = strchr(slash, '?');
	snprintf(sql, sizeof(sql), "CREATE DATABASE %s", name);
	res = PQexec(h, sql);
	season_must(PQresultStatus(res) == PGRES_COMMAND_OK, sql, PQresultErrorMessage(res));
	PQclear(res);
	PQfinish(h);
	snprintf(ret->uri, sizeof(ret->uri), "%.*s%s%s", (int)(slash + 1 - server), server, name,
		query ? query : "");
}

static void place(struct season *s)
{
	const char *server = getenv("CANBAO_TEST_PG_URI");

	if (s->engine == DB_PG) {
		make_database(server, "season_ours", &s->ours);
		make_database(server, "season_bare", &s->bare);
	} else {
		snprintf(s->ours.uri, sizeof(s->ours.uri), "%s/ours.db", s->dir);
		snprintf(s->bare.uri, sizeof(s->bare.uri), "%s/bare.db", s->dir);
	}
	snprintf(s->ours.key, sizeof(s->ours.key), "%s/key", s->dir);
	snprintf(s->bare.key, sizeof(s->bare.key), "%s/key", s->dir);
	season_create(s, &s->ours);
	season_create(s, &s->bare);
}

static void remove_dir(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL) {
		char path[600];

		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

/* The folder goes away however the program ends: a parent watches over a child that does the
 * work. */
static int guard(struct season *s)
{
	pid_t pid = fork();
	int status = 1;

	season_must(pid >= 0, "cannot", "fork");
	if (pid > 0) {
		/* An interrupt ends the child; this one stays to clean up. */
		signal(SIGINT, SIG_IGN);
		while (waitpid(pid, &status, 0) != pid)
			;
		remove_dir(s->dir);
		arena_release(&s->arena);
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	}
	return 0;
}

static bool read_options(struct season *s, int argc, char **argv)
{
	bool files_only = false;
	static const struct option options[] = { { "people", required_argument, NULL, 'n' },
		{ "engine", required_argument, NULL, 'e' }, { "dir", required_argument, NULL, 'd' },
		{ "files", no_argument, NULL, 'f' }, { NULL, 0, NULL, 0 } };
	const char *tmp = getenv("TMPDIR"), *under = tmp && *tmp ? tmp : ".";
	int c;

	*s = (struct season){ .people = PEOPLE, .engine = DB_SQLITE };
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'n' && (!str_int(str_of(optarg), &s->people) || s->people < 30000 ||
					s->people > 30000000))
			season_must(false, "--people", "30000 to 30000000");
		if (c == 'e')
			s->engine = strcmp(optarg, "pg") == 0 ? DB_PG : DB_SQLITE;
		if (c == 'd')
			under = optarg;
		if (c == 'f')
			files_only = true;
		if (c == '?')
			exit(2);
	}
	snprintf(s->dir, sizeof(s->dir), "%s/canbao-season.XXXXXX", under);
	return files_only;
}

int main(int argc, char **argv)
{
	struct season s;
	struct season_files *files = mmap(
		NULL, sizeof(*files), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct season_run ignored;
	bool files_only;

	season_must(files != MAP_FAILED, "out of", "memory");
	setvbuf(stdout, NULL, _IOLBF, 0);
	files_only = read_options(&s, argc, argv);
	load_policy(&s);
	season_must(s.engine == DB_SQLITE || getenv("CANBAO_TEST_PG_URI"), "no PostgreSQL",
		"run under CANBAO_PG_SAFE=1 script/with-postgres");
	season_must(mkdtemp(s.dir) != NULL, "no folder", s.dir);
	if (!files_only)
		guard(&s);
	season_child(&s, season_files_write, files, &ignored);
	if (files_only) {
		printf("%s\n", s.dir);
		arena_release(&s.arena);
		return 0;
	}
	printf("%s, %" PRId64 " people, %" PRId64 " payment lines, %s\n",
		s.engine == DB_PG ? "PostgreSQL" : "SQLite", s.people, files->lines, SEASON_POLICY);
	bench_fsync(&s);
	place(&s);
	bench_residents(&s, files);
	bench_lists(&s, files);
	bench_season(&s, files);
	bench_ranking(&s);
	if (s.engine == DB_SQLITE)
		bench_clients(&s);
	arena_release(&s.arena);
	return 0;
}
