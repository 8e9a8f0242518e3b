/* SPDX-License-Identifier: Apache-2.0 */
#include "acts/ask_assess.h"

int ask_assess(const struct env *env, const struct policy *policy, enum role role, int64_t account,
	day_t on, struct arena *a, int64_t *ret_job, struct err *err)
{
	char day[11];
	struct str request;
	struct buf b;

	if (on < policy->pack->regular_window.from) {
		day_text(policy->pack->regular_window.from, day);
		return err_set(err, FAULT_FORMAT,
			"缴费期从 %s 开始；核定日期请用这一天或以后的日子 / the window opens on that day",
			day);
	}
	day_text(on, day);
	buf_init(&b, JOB_REQUEST_MAX);
	buf_addf(&b, "{\"on\":\"%s\",\"actor\":", day);
	buf_add_json(&b, env->actor);
	buf_addf(&b, ",\"office\":\"%s\"}", role_code(role));
	request = buf_bad(&b) ? (struct str){ NULL, 0 } : arena_str(a, buf_str(&b));
	buf_release(&b);
	return request.p ? job_ask(env, "assess", account, request, ret_job, err) : FAULT_MEMORY;
}
