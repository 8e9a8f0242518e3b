/* SPDX-License-Identifier: Apache-2.0 */
/* Latencies of each kind of call, sorted once at the end. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "load.h"

#define SAMPLES_MAX 2000000

static const char *const names[LOAD_KINDS] = { "look-up and quote", "why", "record", "season",
	"order", "payment, durable", "desk", "people search", "person", "payments list",
	"missing page", "progress", "ranking", "log in" };

static struct {
	float *all;
	size_t n;
	uint64_t errors;
	int first_error;
} stats[LOAD_KINDS];

void stat_add(enum load_kind kind, double seconds, int status)
{
	if (!stats[kind].all)
		stats[kind].all = malloc(SAMPLES_MAX * sizeof(float));
	load_must(stats[kind].all != NULL, "out of", "memory");
	if (status < 200 || status >= 400) {
		stats[kind].errors++;
		if (!stats[kind].first_error)
			stats[kind].first_error = status ? status : -1;
	}
	if (stats[kind].n < SAMPLES_MAX)
		stats[kind].all[stats[kind].n++] = (float)seconds;
}

void stat_reset(void)
{
	for (int k = 0; k < LOAD_KINDS; k++) {
		stats[k].n = 0;
		stats[k].errors = 0;
		stats[k].first_error = 0;
	}
}

uint64_t stat_errors(void)
{
	uint64_t n = 0;

	for (int k = 0; k < LOAD_KINDS; k++)
		n += stats[k].errors;
	return n;
}

static int compare(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return x < y ? -1 : x > y;
}

static void print_line(
	const char *name, float *all, size_t n, uint64_t errors, int first, double seconds)
{
	qsort(all, n, sizeof(*all), compare);
	printf("%-18s %8zu %8.1f/s  p50 %7.2f  p95 %7.2f  p99 %7.2f  worst %8.2f ms  errors %" PRIu64,
		name, n, (double)n / seconds, all[n / 2] * 1e3, all[n * 95 / 100] * 1e3,
		all[n * 99 / 100] * 1e3, all[n - 1] * 1e3, errors);
	if (errors)
		printf(" (first: %d)", first);
	printf("\n");
}

void stat_print(double seconds)
{
	float *sum = malloc(SAMPLES_MAX * sizeof(float));
	size_t n = 0;

	load_must(sum != NULL, "out of", "memory");
	for (int k = 0; k < LOAD_KINDS; k++) {
		if (stats[k].n == 0)
			continue;
		for (size_t i = 0; k != LOAD_LOGIN && i < stats[k].n && n < SAMPLES_MAX; i++)
			sum[n++] = stats[k].all[i];
		print_line(names[k], stats[k].all, stats[k].n, stats[k].errors,
			stats[k].first_error, seconds);
	}
	if (n)
		print_line("all but log in", sum, n, stat_errors(), 0, seconds);
	free(sum);
	fflush(stdout);
}
