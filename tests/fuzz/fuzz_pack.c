/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a pack and, behind a line "----", as an overlay on it. */
#include "fuzz.h"

#include "base/err.h"
#include "rules/pack.h"

#define CUT STR("\n----\n")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size };
	struct pack_sources s = { .name = STR("pack.yaml"), .overlay_name = STR("overlay.yaml") };
	const struct pack *pack = NULL;
	struct arena a;
	struct diags d;
	struct buf out;
	int rc;

	if (size == 0)
		return 0;
	arena_init(&a, 512u << 20);
	diags_init(&d, &a);
	buf_init(&out, 64u << 20);
	if (str_cut(&rest, CUT, &s.text) && rest.p)
		s.overlay_text = rest;
	rc = pack_load(&a, &s, &d, &pack);
	BUG_IF((rc == 0) != (pack != NULL));
	BUG_IF(rc == 0 && d.errors > 0);
	BUG_IF(rc == FAULT_FORMAT && d.errors == 0);
	diags_print(&out, &d);
	buf_release(&out);
	arena_release(&a);
	return 0;
}
