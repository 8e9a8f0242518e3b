/* SPDX-License-Identifier: Apache-2.0 */
#include "base/money_zh.h"

static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

/* Four digits; a gap between figures that are there is one 零.  `open`: something stands before. */
static void group(struct buf *b, int value, bool open)
{
	static const char *const units[] = { "仟", "佰", "拾", "" };
	bool gap = open && value < 1000;

	for (int i = 0, div = 1000; i < 4; i++, div /= 10) {
		int d = value / div % 10;

		if (d == 0) {
			gap = gap || (i > 0 && value >= div);
			continue;
		}
		if (gap)
			buf_addz(b, digits[0]);
		gap = false;
		buf_addz(b, digits[d]);
		buf_addz(b, units[i]);
	}
}

void money_print_zh(struct buf *b, struct money m)
{
	static const char *const units[] = { "亿", "万", "" };
	int64_t yuan = m.fen / 100;
	int jiao = (int)(m.fen / 10 % 10), fen = (int)(m.fen % 10);
	bool open = false, gap = false;

	BUG_IF(m.fen < 0 || m.fen > MONEY_MAX_FEN);
	for (int i = 0; i < 3; i++) {
		int64_t div = i == 0 ? 100000000 : i == 1 ? 10000 : 1;
		int part = (int)(yuan / div % 10000);

		if (part == 0) {
			gap = open;
			continue;
		}
		if (gap && part >= 1000)
			buf_addz(b, digits[0]);
		group(b, part, open);
		buf_addz(b, units[i]);
		open = true;
		gap = false;
	}
	if (!open)
		buf_addz(b, digits[0]);
	buf_addz(b, "元");
	if (jiao == 0 && fen == 0) {
		buf_addz(b, "整");
		return;
	}
	buf_addz(b, digits[jiao]);
	if (jiao)
		buf_addz(b, "角");
	if (fen) {
		buf_addz(b, digits[fen]);
		buf_addz(b, "分");
	} else {
		buf_addz(b, "整");
	}
}
