/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/files/csv_dialect.h"

#include <string.h>

#define LINES_MAX 40
#define SAMPLE_MAX (256u * 1024u)

static const char candidates[] = { ',', '\t', ';' };

struct tally {
	unsigned lines;
	unsigned count[LINES_MAX][ARRAY_LEN(candidates)];
};

/* Count the candidates outside quotes, line by line. */
static void count(struct tally *t, struct str sample)
{
	bool inside = false;

	for (size_t i = 0; i < sample.n && t->lines < LINES_MAX; i++) {
		if (sample.p[i] == '"')
			inside = !inside;
		if (inside)
			continue;
		if (sample.p[i] == '\n' || sample.p[i] == '\r')
			t->lines++;
		for (size_t k = 0; k < ARRAY_LEN(candidates); k++)
			if (t->lines < LINES_MAX && sample.p[i] == candidates[k])
				t->count[t->lines][k]++;
	}
	if (t->lines < LINES_MAX)
		t->lines++;
}

/* Lines that have the candidate's commonest count, times a big number, plus that count. */
static unsigned score(const struct tally *t, size_t k)
{
	unsigned best = 0, same;

	for (unsigned i = 0; i < t->lines; i++) {
		if (t->count[i][k] == 0)
			continue;
		same = 0;
		for (unsigned j = 0; j < t->lines; j++)
			same += t->count[j][k] == t->count[i][k];
		same = same * 100000 + (t->count[i][k] < 99999 ? t->count[i][k] : 99999);
		if (same > best)
			best = same;
	}
	return best;
}

static bool declared(struct str sample, struct csv_dialect *d)
{
	size_t i = 5;

	if (sample.n < 6 || strncmp(sample.p, "sep=", 4) != 0 ||
		!memchr(candidates, sample.p[4], 3))
		return false;
	if (sample.p[i] != '\r' && sample.p[i] != '\n')
		return false;
	d->delimiter = sample.p[4];
	if (sample.p[i] == '\r' && i + 1 < sample.n && sample.p[i + 1] == '\n')
		i++;
	d->skip = i + 1;
	return true;
}

struct csv_dialect csv_dialect(struct str sample)
{
	struct csv_dialect d = { .delimiter = ',' };
	struct tally t = { 0 };
	unsigned best = 0, s;

	if (declared(sample, &d))
		return d;
	if (sample.n > SAMPLE_MAX)
		sample.n = SAMPLE_MAX;
	if (sample.n == 0)
		return d;
	count(&t, sample);
	for (size_t k = 0; k < ARRAY_LEN(candidates); k++) {
		s = score(&t, k);
		if (s > best) {
			best = s;
			d.delimiter = candidates[k];
		}
	}
	return d;
}
