/* SPDX-License-Identifier: Apache-2.0 */
/* Identity documents and organisation codes: shape, check characters, what a number says of its
 * holder.
 *
 * The region prefix of a number is where it was first registered and may be abolished: nothing here
 * or elsewhere decides by it. */
#ifndef CANBAO_RULES_DOCUMENT_H
#define CANBAO_RULES_DOCUMENT_H

#include "base/day.h"

#define DOCUMENT_MAX 18 /* characters of a normalised number */

/* X(name, stable code, Chinese name) */
#define DOCUMENT_KINDS(X)                                                                          \
	X(CITIZEN_ID, "citizen_id", "居民身份证")                                                  \
	X(RESIDENCE_PERMIT, "residence_permit", "居住证")                                          \
	X(HMT_RESIDENCE_PERMIT, "hmt_residence_permit", "港澳台居民居住证")                        \
	X(HMT_PASS, "hmt_pass", "港澳居民来往内地通行证")                                          \
	X(TAIWAN_PASS, "taiwan_pass", "台湾居民来往大陆通行证")                                    \
	X(FOREIGN_PERMANENT_RESIDENCE, "foreign_permanent_residence", "外国人永久居留身份证")      \
	X(FOREIGN_WORK_PERMIT, "foreign_work_permit", "外国人工作许可证")                          \
	X(FOREIGN_RESIDENCE_PERMIT, "foreign_residence_permit", "外国人居留许可")                  \
	X(PASSPORT, "passport", "护照")

enum document_kind {
#define X(name, code, zh) DOCUMENT_##name,
	DOCUMENT_KINDS(X)
#undef X
	DOCUMENT_KIND_COUNT
};

enum document_sex { SEX_UNKNOWN = 0, SEX_MALE = 1, SEX_FEMALE = 2 }; /* GB/T 2261.1 */

/* X(name, stable code, Chinese, English): why a number is refused. */
#define DOCUMENT_FAULTS(X)                                                                         \
	X(EMPTY, "empty", "证件号码为空", "the document number is empty")                          \
	X(LENGTH, "length", "证件号码位数不对", "the document number has a wrong length")          \
	X(CHARACTER, "character", "证件号码里有不该有的字符", "the document number has a wrong character") \
	X(REGION, "region", "证件号码的地区码不对", "the region code of the number is impossible") \
	X(DATE, "date", "证件号码里的出生日期不存在", "the birth date inside the number does not exist") \
	X(CHECK, "check", "证件号码的校验位不对，请核对有无输错", "the check character is wrong; look for a typing error") \
	X(RUINED, "ruined", "证件号码被表格软件改成了数字，末几位已丢失，请以文本格式重填", "a spreadsheet turned the number into a decimal and lost its last digits; enter it as text")

enum document_fault {
	DOCUMENT_FINE = 0,
#define X(name, code, zh, en) DOCUMENT_##name,
	DOCUMENT_FAULTS(X)
#undef X
};

/* What a good number says. */
struct document {
	enum document_kind kind;
	char number[DOCUMENT_MAX + 1]; /* upper case, half width, 15 digits upgraded to 18 */
	size_t length;
	day_t birth;                   /* DAY_NONE when the number does not tell */
	enum document_sex sex;
	bool upgraded;                 /* was a 15-digit citizen number */
};

/* Check `text` as a document of `kind`.  Surrounding space, inner spaces, full-width digits, a
 * leading apostrophe and a lower-case x are normalised.  A mainland `residence_permit` bears its
 * holder's citizen number.  Exponent forms (3.41323E+17), decimals (341323198510120000.0), and
 * eighteen characters that end in 000 and fail their check are RUINED; a number that ends in 000
 * and passes is somebody's. A birth before 1900 is checked but not told.  DOCUMENT_FINE and
 * *ret, or what is wrong. */
MUST_USE enum document_fault document_check(
	enum document_kind kind, struct str text, struct document *ret);
/* The kind a number's shape speaks for when the file has no column for it: 18/15 digits citizen
 * id (or HMT residence permit by 81/82/83, or foreign permanent residence by 9), H/M pass, 3
 * letters + 12 digits old foreign card, 8 digits Taiwan pass, else passport; but ten or more
 * digits of no known length are a citizen number typed wrong, not a passport.  A guess about
 * form only, never about rights. */
enum document_kind document_guess(struct str text);
MUST_USE bool document_kind_parse(struct str code_or_name, enum document_kind *ret_kind);
const char *document_kind_code(enum document_kind kind);
const char *document_kind_name(enum document_kind kind);
const char *document_fault_code(enum document_fault f);
const char *document_fault_zh(enum document_fault f);
const char *document_fault_en(enum document_fault f);
/* "341323********0018": first 6, last 4; shorter numbers show first and last two.  Into ret, NUL
 * behind. */
void document_mask(struct str number, char ret[DOCUMENT_MAX + 1]);

/* Unified social credit code GB 32100-2015 with both check characters, category and region. */
MUST_USE enum document_fault credit_code_check(struct str text, char ret_code[19]);
/* The Luhn sum of ISO/IEC 7812 over 2..19 digits. */
bool luhn_holds(struct str digits);
/* Looks like a bank card: 13..19 digits and Luhn.  A warning only: old passbooks fail it. */
bool bank_card_plausible(struct str digits);
/* A mainland mobile number (1[3-9] and nine digits) after normalising; false for landlines and
 * "无". */
MUST_USE bool mobile_check(struct str text, char ret_number[12]);

#endif
