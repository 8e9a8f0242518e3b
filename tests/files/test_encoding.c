/* SPDX-License-Identifier: Apache-2.0 */
#include <iconv.h>

#include "base/utf8.h"
#include "doors/files/encoding.h"
#include "doors/files/scrub.h"
#include "fixture.h"

static size_t utf8_len(const char *s, size_t n)
{
	bool odd = false;

	return utf8_sound((struct str){ s, n }, &odd);
}

/* Every code point against base's decoder, and every two-byte beginning. */
static void utf8_agrees_with_the_decoder(void **state)
{
	unsigned char b[4];
	uint32_t cp;

	(void)state;
	for (unsigned i = 0; i < 0x10000; i++) {
		static const unsigned char tails[][2] = { { 0x80, 0x80 }, { 0xbf, 0xbf },
			{ 0x80, 0x20 }, { 0x7f, 0x80 }, { 0xc0, 0x80 } };

		for (size_t k = 0; k < ARRAY_LEN(tails); k++) {
			b[0] = (unsigned char)(i >> 8);
			b[1] = (unsigned char)i;
			b[2] = tails[k][0];
			b[3] = tails[k][1];
			for (size_t n = 1; n <= 4; n++) {
				struct str s = { (char *)b, n };
				size_t want = 0, step;

				while (want < n &&
					(step = utf8_next(
						 (struct str){ s.p + want, n - want }, &cp)))
					want += step;
				assert_int_equal(utf8_len(s.p, n), want);
			}
		}
	}
}

static void pieces_cut_anywhere_give_one_answer(void **state)
{
	static const char utf8[] = "a张𠅤b䶮\xe5\xbc"
				   "c";
	static const char gb[] = "a\xd5\xc5\x95\x32\xa6\x32"
				 "b\xfe\x9f\x95\x32\xa6";

	(void)state;
	for (size_t cut = 0; cut < sizeof(utf8); cut++)
		for (size_t more = cut; more < sizeof(utf8); more++) {
			struct soundness s;

			soundness_init(&s, false);
			soundness_add(&s, (struct str){ utf8, cut });
			soundness_add(&s, (struct str){ utf8 + cut, more - cut });
			soundness_add(&s, (struct str){ utf8 + more, sizeof(utf8) - 1 - more });
			soundness_end(&s);
			assert_true(s.broken);
			assert_int_equal(s.sound, 12);
		}
	for (size_t cut = 0; cut < sizeof(gb); cut++) {
		struct soundness s;

		soundness_init(&s, true);
		soundness_add(&s, (struct str){ gb, cut });
		soundness_add(&s, (struct str){ gb + cut, sizeof(gb) - 1 - cut });
		soundness_end(&s);
		assert_true(s.broken);
		assert_int_equal(s.sound, 10);
	}
}

/* What glibc gives for GBK 0xFE50..0xFEA0 is what the private code points must become. */
static void the_private_area_agrees_with_iconv(void **state)
{
	iconv_t cd = iconv_open("UTF-32LE", "GB18030");
	uint32_t private = 0xe815;

	(void)state;
	assert_true(cd != (iconv_t)-1);
	for (unsigned b = 0x50; b <= 0xa0; b++) {
		char in[2] = { (char)0xfe, (char)b }, *from = in, *to;
		uint32_t cp = 0;
		size_t left = 2, room = sizeof(cp);

		if (b == 0x7f)
			continue;
		to = (char *)&cp;
		assert_int_equal(iconv(cd, &from, &left, &to, &room), 0);
		assert_int_equal(scrub_private(private), cp);
		private++;
	}
	assert_int_equal(private, 0xe865);
	assert_int_equal(scrub_private(0xe814), 0);
	assert_int_equal(scrub_private(0xe865), 0);
	iconv_close(cd);
}

static void what_scrub_changes_is_found_odd(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, 1 << 20);
	buf_init(&b, 64);
	for (uint32_t cp = 0x80; cp < 0x11000; cp++) {
		bool odd = false, changed;
		struct str s;

		if (cp >= 0xd800 && cp < 0xe000)
			continue;
		buf_reset(&b);
		buf_addc(&b, 'x');
		utf8_put(&b, cp);
		utf8_sound(buf_str(&b), &odd);
		s = scrub(&a, buf_str(&b));
		changed = !str_eq(s, buf_str(&b));
		if (odd != changed)
			fail_msg("U+%04X: odd %d, changed %d", cp, odd, changed);
		arena_reset(&a);
	}
	buf_release(&b);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_agrees_with_the_decoder),
		cmocka_unit_test(pieces_cut_anywhere_give_one_answer),
		cmocka_unit_test(the_private_area_agrees_with_iconv),
		cmocka_unit_test(what_scrub_changes_is_found_odd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
