/* SPDX-License-Identifier: Apache-2.0 */
/* Every "no" of the API: status, stable code, both languages.  openapi.yaml lists the same codes; a
 * test compares. */
#ifndef CANBAO_DOORS_HTTP_PROBLEMS_H
#define CANBAO_DOORS_HTTP_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

/* X(NAME, status, stable code, Chinese, English) */
#define PROBLEMS(X) \
	X(BAD_REQUEST, 400, "bad_request", "请求读不懂", "the request cannot be read") \
	X(LOGIN, 401, "login", "请先登录", "please log in") \
	X(WRONG_LOGIN, 401, "wrong_login", "账号、密码或验证码不对，或账号已锁定", \
		"account, password or code is wrong, or the account is locked") \
	X(SIGNATURE, 401, "signature", "签名不对", "the signature does not hold") \
	X(VISIT, 401, "visit", "请先输入姓名和证件号码", "enter name and document number first") \
	X(FORBIDDEN, 403, "forbidden", "您的账号没有这项权限", "your account may not do this") \
	X(CSRF, 403, "csrf", "页面已过期，请刷新后重试", "the page is out of date; reload it") \
	X(SECOND_FACTOR, 403, "second_factor", "请先输入动态验证码", \
		"enter your one-time code first") \
	X(MUST_CHANGE, 403, "must_change", "首次登录请先修改密码", "change your password first") \
	X(OWN_WORK, 403, "own_work", "自己提出的不能自己批准", \
		"who made a thing cannot approve it") \
	X(NOT_FOUND, 404, "not_found", "没有找到", "not found") \
	X(METHOD, 405, "method", "不支持这种请求方式", "the method is not allowed") \
	X(CONFLICT, 409, "conflict", "与已有记录冲突", "in conflict with a stored record") \
	X(KEY_REUSED, 409, "key_reused", "同一个幂等键用于了不同的内容", \
		"the idempotency key was used with other content") \
	X(STATE, 409, "state", "现在的状态不允许这样做", "its state does not allow that") \
	X(TOO_LARGE, 413, "too_large", "内容太大", "the content is too large") \
	X(MEDIA, 415, "media", "不支持这种内容类型", "the content type is not supported") \
	X(INVALID, 422, "invalid", "填写有误，请看各项说明", "some fields are wrong") \
	X(RATE, 429, "rate", "操作太频繁，请稍后再试", "too many requests; wait a moment") \
	X(INTERNAL, 500, "internal", "系统出错，已记录；请稍后再试", \
		"an error of the system; try later") \
	X(BUSY, 503, "busy", "系统繁忙，请稍后再试", "the system is busy; try later")

enum problem {
#define X(name, status, code, zh, en) PROBLEM_##name,
	PROBLEMS(X)
#undef X
		PROBLEM_COUNT
};

int problem_status(enum problem p);
const char *problem_code(enum problem p);
const char *problem_zh(enum problem p);
const char *problem_en(enum problem p);

#define PROBLEM_FIELDS_MAX 32
struct problem_fields {
	struct {
		char field[48];
		const char *zh, *en; /* static, or in the request's arena */
	} items[PROBLEM_FIELDS_MAX];
	size_t n;
};

#endif
