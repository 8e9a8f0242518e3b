/* SPDX-License-Identifier: Apache-2.0 */
/* bench_files [ROWS]: a register of ROWS people (default 1,090,000) and fifteen columns, written
 * and read as CSV in both encodings and as XLSX.  Each run is a child of its own, so that its
 * highest memory is its own; the file's bare bytes and their bare SM3 are the yardstick. */
#include <fcntl.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "doors/files/files.h"

#define COLUMNS 15

struct job {
	const char *name;
	enum sheet_format format;
	char path[512];
	int64_t rows;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "bench_files: %s\n", what);
	exit(1);
}

static void write_rows(const struct job *j)
{
	static const char *const header[COLUMNS] = { "序号", "乡镇", "村", "户号", "姓名",
		"证件类型", "证件号码", "性别", "民族", "出生日期", "与户主关系", "户籍地",
		"常住地", "联系电话", "备注" };
	char number[32], sequence[32], phone[32], house[32];
	struct str cells[COLUMNS];
	struct sheet_sink *k;
	struct err err = { "" };

	for (size_t i = 0; i < COLUMNS; i++)
		cells[i] = str_of(header[i]);
	must(files_sheets.create(j->path, j->format, "户籍", &err, &k) == 0, err.text);
	must(k->row(k, cells, COLUMNS, &err) == 0, err.text);
	cells[1] = STR("皇城镇");
	cells[2] = STR("隆丰村");
	cells[4] = STR("安·才让卓玛");
	cells[5] = STR("居民身份证");
	cells[7] = STR("女");
	cells[8] = STR("裕固族");
	cells[9] = STR("1990-01-01");
	cells[10] = STR("户主");
	cells[11] = STR("本县");
	cells[12] = STR("甘肃省兰州市城关区");
	cells[14] = STR("");
	for (int64_t i = 0; i < j->rows; i++) {
		snprintf(sequence, sizeof(sequence), "%" PRId64, i + 1);
		snprintf(house, sizeof(house), "101%06" PRId64, i / 3);
		snprintf(number, sizeof(number), "6207211990%08" PRId64, i);
		snprintf(phone, sizeof(phone), "139%08" PRId64, i);
		cells[0] = str_of(sequence);
		cells[3] = str_of(house);
		cells[6] = str_of(number);
		cells[13] = str_of(phone);
		must(k->row(k, cells, COLUMNS, &err) == 0, err.text);
	}
	must(k->finish(k, &err) == 0, err.text);
	k->close(k);
}

static void read_rows(const struct job *j)
{
	struct sheet_source *s;
	struct sheet_row row;
	struct err err = { "" };
	int64_t rows = 0;
	size_t bytes = 0;

	must(files_sheets.open(j->path, &err, &s) == 0, err.text);
	while (s->next(s, &row, &err) == 1) {
		must(row.n >= COLUMNS - 1, "a row is short");
		for (size_t i = 0; i < row.n; i++)
			bytes += row.cells[i].n;
		rows++;
	}
	must(rows == j->rows + 1, "rows are missing");
	must(bytes > (size_t)rows * 60, "text is missing");
	s->close(s);
}

/* What cannot be avoided: every byte read once and digested. */
static void read_bare(const struct job *j)
{
	static unsigned char chunk[1 << 20];
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	int fd = open(j->path, O_RDONLY);
	ssize_t n;

	must(fd >= 0 && md && EVP_DigestInit_ex(md, EVP_sm3(), NULL) == 1, "cannot open");
	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		must(EVP_DigestUpdate(md, chunk, (size_t)n) == 1, "SM3");
	must(n == 0, "cannot read");
	close(fd);
	EVP_MD_CTX_free(md);
}

/* Seconds of `fn` in a child, and the child's highest memory. */
static double run(const struct job *j, void (*fn)(const struct job *j), long *ret_kib)
{
	double begin = now();
	struct rusage use;
	pid_t child = fork();
	int status;

	must(child >= 0, "cannot fork");
	if (child == 0) {
		fn(j);
		_exit(0);
	}
	must(wait4(child, &status, 0, &use) == child && status == 0, "a run failed");
	*ret_kib = use.ru_maxrss;
	return now() - begin;
}

static void measure(const struct job *j)
{
	struct stat st;
	long write_kib, read_kib, bare_kib;
	double wrote = run(j, write_rows, &write_kib), bare, took;

	must(stat(j->path, &st) == 0, "no file");
	bare = run(j, read_bare, &bare_kib);
	took = run(j, read_rows, &read_kib);
	printf("%-12s %7.1f MB  write %5.2f s %5ld KiB  read %5.2f s %5.2f M rows/s %6.1f MB/s %5ld KiB  "
	       "bare+SM3 %5.2f s  ratio %.2f\n",
		j->name, (double)st.st_size / 1e6, wrote, write_kib, took,
		(double)j->rows / took / 1e6, (double)st.st_size / took / 1e6, read_kib, bare,
		took / bare);
	fflush(stdout);
	unlink(j->path);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *file;
		enum sheet_format format;
	} jobs[] = { { "CSV UTF-8", "utf8.csv", SHEET_CSV },
		{ "CSV GB18030", "gb18030.csv", SHEET_CSV_GB18030 },
		{ "XLSX", "book.xlsx", SHEET_XLSX } };
	char folder[256] = "", name[] = "canbao-bench-XXXXXX";
	const char *tmp = getenv("TMPDIR");
	int64_t rows = 1090000;

	must(argc < 2 || (str_int(str_of(argv[1]), &rows) && rows > 0 && rows < 20000000),
		"how many rows?");
	snprintf(folder, sizeof(folder), "%s/%s", tmp ? tmp : "/tmp", name);
	must(mkdtemp(folder) != NULL, "no temporary folder");
	printf("%" PRId64 " rows of %d columns\n", rows, COLUMNS);
	for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
		struct job j = { .name = jobs[i].name, .format = jobs[i].format, .rows = rows };

		snprintf(j.path, sizeof(j.path), "%s/%s", folder, jobs[i].file);
		measure(&j);
	}
	rmdir(folder);
	return 0;
}
