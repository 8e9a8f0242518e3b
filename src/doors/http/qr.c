/* SPDX-License-Identifier: Apache-2.0 */
/* QR codes: one path of unit squares, black on white with the quiet zone the standard asks for. */
#include <qrencode.h>
#include <string.h>

#include "doors/http/http_resident.h"

#define QUIET 4 /* modules of white around */
#define QR_TEXT_MAX 600

int qr_modules(struct str text, struct arena *a, unsigned char **ret_modules, int *ret_size)
{
	struct str z = arena_str(a, text);
	unsigned char *modules;
	QRcode *q;

	if (!z.p || text.n > QR_TEXT_MAX)
		return FAULT_LIMIT;
	q = QRcode_encodeString8bit(z.p, 0, QR_ECLEVEL_M);
	if (!q)
		return FAULT_MEMORY;
	modules = arena_alloc(a, (size_t)q->width * (size_t)q->width);
	for (int i = 0; modules && i < q->width * q->width; i++)
		modules[i] = q->data[i] & 1;
	*ret_size = q->width;
	QRcode_free(q);
	if (!modules)
		return FAULT_MEMORY;
	*ret_modules = modules;
	return 0;
}

int qr_svg(struct str text, struct buf *ret_svg)
{
	unsigned char *m;
	struct arena a;
	int n, rc;

	arena_init(&a, 1u << 20);
	rc = qr_modules(text, &a, &m, &n);
	if (rc < 0) {
		arena_release(&a);
		return rc;
	}
	buf_addf(ret_svg,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"240\" height=\"240\" "
		"shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"QR\"><rect width=\"100%%\" height=\"100%%\" "
		"fill=\"#fff\"/><path d=\"",
		n + 2 * QUIET, n + 2 * QUIET);
	for (int y = 0; y < n; y++)
		for (int x = 0, run; x < n; x += run) {
			for (run = 1; x + run < n && m[y * n + x + run] == m[y * n + x]; run++)
				;
			if (m[y * n + x])
				buf_addf(ret_svg, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run,
					run);
		}
	buf_addz(ret_svg, "\" fill=\"#000\"/></svg>\n");
	arena_release(&a);
	return buf_bad(ret_svg) ? FAULT_MEMORY : 0;
}
