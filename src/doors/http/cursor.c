/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/cursor.h"

#include <string.h>

#include "doors/http/seal.h"

#define AFTER_MAX 200

/* The list it is for: the hash of the route's template stands in front. */
static uint64_t list_of(const struct request *rq)
{
	return str_hash(str_of(rq->route->path));
}

struct str cursor_seal(struct request *rq, struct str after)
{
	char plain[8 + AFTER_MAX];
	uint64_t list = list_of(rq);

	BUG_IF(after.n > AFTER_MAX);
	memcpy(plain, &list, 8);
	if (after.n)
		memcpy(plain + 8, after.p, after.n);
	return seal_text(rq->service, rq->arena, SEAL_CURSOR, (struct str){ plain, 8 + after.n });
}

bool cursor_open(struct request *rq, struct str text, struct str *ret_after)
{
	uint64_t list = list_of(rq);
	struct str plain;

	if (!seal_open_text(rq->service, rq->arena, SEAL_CURSOR, text, &plain) || plain.n < 8 ||
		memcmp(plain.p, &list, 8) != 0)
		return false;
	*ret_after = (struct str){ plain.p + 8, plain.n - 8 };
	return true;
}
