/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as lines of `canbao decide`, with the three packs of this tree: every line gets
 * exactly one line of JSON back, whatever it was. */
#include "fuzz.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doors/cli/decide_json.h"

static struct packs *the_packs(void)
{
	static struct packs packs;
	static struct cli c;
	const char *root = getenv("CANBAO_ROOT");
	char folder[4096];

	if (packs.n)
		return &packs;
	c = (struct cli){ .in = stdin, .out = stdout, .err = stderr, .prog = "fuzz_decide" };
	BUG_IF(snprintf(folder, sizeof(folder), "%s/packs", root ? root : ".") >=
		(int)sizeof(folder));
	if (packs_load_all(&c, folder, &packs) != CLI_OK)
		exit(1);
	return &packs;
}

static void one_line(struct decide_line *l, struct str text, struct buf *out)
{
	bool valid = decide_line_read(l, text);
	struct str answer;
	json_t *json;

	BUG_IF(!valid && !l->reason);
	buf_reset(out);
	decide_line_answer(l, out);
	answer = buf_str(out);
	BUG_IF(buf_bad(out) || answer.n == 0 || answer.p[answer.n - 1] != '\n');
	BUG_IF(str_find((struct str){ answer.p, answer.n - 1 }, STR("\n")) >= 0);
	json = json_loadb(answer.p, answer.n, JSON_REJECT_DUPLICATES, NULL);
	BUG_IF(!json || !json_is_string(json_object_get(json, "decision")));
	BUG_IF(valid ==
		(strcmp(json_string_value(json_object_get(json, "decision")), "error") == 0));
	json_decref(json);
	decide_line_release(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct decide_line l;
	struct str rest = { (const char *)data, size }, line;
	struct buf out;

	l.packs = the_packs();
	buf_init(&out, 16u << 20);
	if (size == 0)
		rest.p = "";
	while (str_cut(&rest, STR("\n"), &line))
		one_line(&l, line, &out);
	buf_release(&out);
	return 0;
}
