/* SPDX-License-Identifier: Apache-2.0 */
/* canbao policy try: the cost of a population under a pack and under the pack with an overlay. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/map.h"
#include "doors/cli/policy.h"
#include "doors/cli/commands.h"
#include "doors/cli/population.h"
#include "doors/cli/season.h"

#define THREADS_MAX 8

/* One thread's part of the people. */
struct part {
	const struct pack *pack;
	const struct population *people;
	size_t first, n;
	struct cost total;
	struct cost *towns;
};

static void *count_part(void *arg)
{
	struct part *part = arg;

	cost_add(part->pack, part->people->facts + part->first, part->people->towns + part->first,
		part->n, part->people->n_towns, &part->total, part->towns);
	return NULL;
}

static size_t thread_count(size_t people)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (size_t)cores;

	return people < 10000 ? 1 : n;
}

int population_cost(const struct pack *p, const struct population *people, struct cost *ret_total,
	struct cost *ret_towns)
{
	struct part parts[THREADS_MAX] = { 0 };
	pthread_t threads[THREADS_MAX];
	bool started[THREADS_MAX] = { false };
	size_t n = thread_count(people->n), done = 0;
	struct cost *towns = calloc(n * people->n_towns + 1, sizeof(*towns));

	if (!towns)
		return FAULT_MEMORY;
	for (size_t i = 0; i < n; i++) {
		size_t last = people->n * (i + 1) / n;

		parts[i] = (struct part){ .pack = p,
			.people = people,
			.first = done,
			.n = last - done,
			.towns = towns + i * people->n_towns };
		done = last;
		started[i] = i > 0 && pthread_create(&threads[i], NULL, count_part, &parts[i]) == 0;
		if (i > 0 && !started[i])
			count_part(&parts[i]);
	}
	count_part(&parts[0]);
	*ret_total = (struct cost){ 0 };
	memset(ret_towns, 0, people->n_towns * sizeof(*ret_towns));
	for (size_t i = 0; i < n; i++) {
		if (started[i])
			pthread_join(threads[i], NULL);
		cost_sum(ret_total, &parts[i].total);
		for (size_t t = 0; t < people->n_towns; t++)
			cost_sum(&ret_towns[t], &parts[i].towns[t]);
	}
	free(towns);
	return 0;
}

static void add_change(struct buf *out, const char *label, int64_t before, int64_t after)
{
	if (before == 0 && after == 0)
		return;
	buf_addf(out, "  %s\t", label);
	policy_add_money(out, (struct money){ before });
	buf_addz(out, "\t");
	policy_add_money(out, (struct money){ after });
	buf_addz(out, after < before ? "\t-" : "\t+");
	policy_add_money(out, (struct money){ after < before ? before - after : after - before });
	buf_addz(out, "\n");
}

static int64_t subsidies(const struct cost *c)
{
	int64_t sum = 0;

	for (size_t i = 0; i <= FUND_COUNT; i++)
		sum += c->by_fund_fen[i];
	return sum;
}

static void print_costs(struct buf *out, const struct pack *p, const struct population *people,
	const struct cost total[2], struct cost *const towns[2])
{
	buf_addf(out, "推演：%s 盖在 %s 上，%zu 人（未存入任何地方） / what-if\n", p->overlay.p,
		p->code.p, people->n);
	buf_addf(out, "参保 %lld → %lld 人，不予 %lld → %lld 人\n", (long long)total[0].enrolled,
		(long long)total[1].enrolled, (long long)total[0].refused,
		(long long)total[1].refused);
	buf_addz(out, "资金\t现在\t推演\t变化\n");
	for (size_t i = 0; i < FUND_COUNT; i++)
		add_change(out, vocab_fund.words[i].zh, total[0].by_fund_fen[i],
			total[1].by_fund_fen[i]);
	add_change(
		out, "未载明", total[0].by_fund_fen[FUND_COUNT], total[1].by_fund_fen[FUND_COUNT]);
	add_change(out, "财政补助", total[0].fiscal_fen, total[1].fiscal_fen);
	add_change(out, "机构", total[0].institution_fen, total[1].institution_fen);
	add_change(out, "个人", total[0].payable_fen, total[1].payable_fen);
	buf_addz(out, "乡镇资助\t现在\t推演\t变化\n");
	for (size_t t = 0; t < people->n_towns; t++)
		add_change(out, people->town_names[t].n ? people->town_names[t].p : "（未写乡镇）",
			subsidies(&towns[0][t]), subsidies(&towns[1][t]));
}

static int compare(struct cli *c, const struct pack *before, const struct pack *after,
	const struct population *people)
{
	struct cost total[2];
	struct cost *towns[2] = { calloc(people->n_towns + 1, sizeof(struct cost)),
		calloc(people->n_towns + 1, sizeof(struct cost)) };
	struct buf out;
	int status = CLI_FAILED;

	buf_init(&out, 1 << 22);
	if (!towns[0] || !towns[1] || population_cost(before, people, &total[0], towns[0]) < 0 ||
		population_cost(after, people, &total[1], towns[1]) < 0) {
		status = cli_fail(c, "内存不足", "out of memory");
		buf_release(&out);
	} else {
		print_costs(&out, after, people, total, towns);
		status = policy_flush(c, &out);
	}
	free(towns[0]);
	free(towns[1]);
	return status;
}

/* People out of a store, or out of a file of lines. */
static int gather(struct cli *c, const struct pack *p, const struct try_people *from,
	struct population *people, size_t *ret_invalid)
{
	struct season s = {
		.uri = from->uri, .key = from->key, .county_text = from->county, .policy.pack = p
	};
	int status;

	if (!from->uri)
		return population_read(c, p, from->file, people, ret_invalid);
	status = season_open(&s, c, &command_policy, false);
	if (status == CLI_OK)
		status = population_from_store(c, &s.env, p, from->on, people, ret_invalid);
	season_close(&s);
	return status;
}

int policy_try(
	struct cli *c, const char *folder, const char *overlay, const struct try_people *from)
{
	struct policy_pack before, after = { 0 };
	struct population people = { 0 };
	size_t invalid = 0;
	int status = policy_load(c, folder, NULL, &before);

	if (status == CLI_OK)
		status = policy_load(c, folder, overlay, &after);
	if (status == CLI_OK)
		status = gather(c, before.pack, from, &people, &invalid);
	if (status == CLI_OK && people.n == 0)
		status = cli_fail(c, "没有人可推演：用 --population 文件，或 --db 数据库",
			"nobody to try it on: --population FILE or --db URI");
	if (status == CLI_OK)
		status = compare(c, before.pack, after.pack, &people);
	if (status == CLI_OK && invalid) {
		cli_fail(c, "有 %zu 行（人）不合格，没有算进去",
			"%zu lines (people) were not valid and not counted", invalid);
		status = CLI_FINDINGS;
	}
	population_release(&people);
	policy_release(&before);
	policy_release(&after);
	return status;
}
