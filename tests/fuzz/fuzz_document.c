/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a number of every kind: a good one stays good and the same when checked again. */
#include "fuzz.h"

#include <string.h>

#include "rules/document.h"

static void numbers(struct str text)
{
	char code[19], again[19], phone[12], mask[DOCUMENT_MAX + 1];

	document_mask(text, mask);
	BUG_IF(strlen(mask) > DOCUMENT_MAX);
	if (credit_code_check(text, code) == DOCUMENT_FINE)
		BUG_IF(credit_code_check(str_of(code), again) != DOCUMENT_FINE ||
			strcmp(code, again) != 0);
	if (mobile_check(text, phone))
		BUG_IF(strlen(phone) != 11 || phone[0] != '1');
	BUG_IF(bank_card_plausible(text) && !luhn_holds(text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };

	for (int k = 0; k < DOCUMENT_KIND_COUNT; k++) {
		struct document d, again;
		enum document_fault f = document_check((enum document_kind)k, text, &d);

		BUG_IF(!document_fault_code(f) || !document_fault_zh(f) || !document_fault_en(f));
		if (f != DOCUMENT_FINE)
			continue;
		BUG_IF(d.length != strlen(d.number) || d.length > DOCUMENT_MAX);
		BUG_IF(d.birth != DAY_NONE && (d.birth < DAY_MIN || d.birth > DAY_MAX));
		BUG_IF(document_check((enum document_kind)k, str_of(d.number), &again) !=
			DOCUMENT_FINE);
		BUG_IF(strcmp(d.number, again.number) != 0 || d.birth != again.birth ||
			d.sex != again.sex);
	}
	BUG_IF((unsigned)document_guess(text) >= DOCUMENT_KIND_COUNT);
	numbers(text);
	return 0;
}
