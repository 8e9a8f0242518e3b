/* SPDX-License-Identifier: Apache-2.0 */
/* The payment page: what a channel's app would show.  Phone first, no script. */
#include "sim.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/money.h"

static const char style[] =
	"<style>body{margin:0;font:18px/1.6 system-ui,'Noto Sans CJK SC',sans-serif;background:#f2f4f7;color:#1d2733}"
	"main{max-width:430px;margin:0 auto;padding:16px}.card{background:#fff;border-radius:12px;padding:18px;margin:12px 0}"
	".sim{background:#7a1f1f;color:#fff;text-align:center;padding:8px;font-weight:700;letter-spacing:.1em}"
	"h1{font-size:20px;margin:0 0 8px}.sum{font-size:40px;font-weight:700;text-align:center;margin:8px 0}"
	"li{display:flex;justify-content:space-between;padding:6px 0;border-bottom:1px solid #e4e8ee}ul{list-style:none;margin:0;padding:0}"
	"button,a.b{display:block;width:100%;box-sizing:border-box;min-height:56px;border:0;border-radius:12px;font:inherit;"
	"font-size:20px;margin:12px 0;text-align:center;line-height:56px;text-decoration:none}"
	".pay{background:#0a6b3d;color:#fff}.no{background:#fff;color:#1d2733;border:2px solid #6b7785}"
	"button:focus,a:focus{outline:4px solid #1c6dd0;outline-offset:2px}small{color:#4a5563}</style>";

static void put_text(struct buf *b, const char *z)
{
	for (; z && *z; z++) {
		switch (*z) {
		case '<':
			buf_addz(b, "&lt;");
			break;
		case '>':
			buf_addz(b, "&gt;");
			break;
		case '&':
			buf_addz(b, "&amp;");
			break;
		case '"':
			buf_addz(b, "&quot;");
			break;
		default:
			buf_addc(b, *z);
		}
	}
}

static void put_fen(struct buf *b, int64_t fen)
{
	buf_addz(b, "￥");
	money_print(b, (struct money){ fen }, false);
}

static void begin(struct buf *b, const char *title, bool refresh)
{
	buf_addf(b,
		"<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">%s<title>%s</title>%s</head>"
		"<body><div class=\"sim\" role=\"note\">模拟支付，不会扣款 SIMULATION</div><main>",
		refresh ? "<meta http-equiv=\"refresh\" content=\"3\">" : "", title, style);
}

static const char *text_of(json_t *o, const char *key)
{
	const char *z = json_string_value(json_object_get(o, key));

	return z ? z : "";
}

static void put_lines(struct buf *b, json_t *order, bool outcome)
{
	json_t *line;
	size_t i;

	buf_addz(b, "<ul>");
	json_array_foreach(json_object_get(order, "lines"), i, line)
	{
		const char *reason = text_of(line, "reason_zh");

		buf_addz(b, "<li><span>");
		put_text(b, text_of(line, "name"));
		if (outcome && *reason) {
			buf_addz(b, "<br><small>款项待查：");
			put_text(b, reason);
			buf_addz(b, "</small>");
		}
		buf_addz(b, "</span><b>");
		put_fen(b, json_integer_value(json_object_get(line, "fen")));
		buf_addz(b, "</b></li>");
	}
	buf_addz(b, "</ul>");
}

static void put_back(struct buf *b, const struct config *c, const char *order)
{
	buf_addf(b, "<a class=\"b no\" href=\"%s/order/", c->server);
	put_text(b, order);
	buf_addz(b, "\">返回参保页面 Back</a>");
}

static void put_head(struct buf *b, json_t *order)
{
	buf_addz(b, "<div class=\"card\"><h1>");
	put_text(b, text_of(order, "channel_name"));
	buf_addz(b, "</h1><small>城乡居民基本医疗保险缴费</small><div class=\"sum\">");
	put_fen(b, json_integer_value(json_object_get(order, "total_fen")));
	buf_addz(b, "</div>");
}

static void ask_page(struct buf *b, const char *number, json_t *order)
{
	begin(b, "支付", false);
	put_head(b, order);
	put_lines(b, order, false);
	buf_addz(b, "</div><form method=\"post\" action=\"/pay/");
	put_text(b, number);
	buf_addz(b,
		"\"><button class=\"pay\" name=\"do\" value=\"pay\">支付 Pay</button>"
		"<button class=\"no\" name=\"do\" value=\"cancel\">取消 Cancel</button></form>");
}

static void done_page(struct buf *b, const struct config *c, const char *number, json_t *order)
{
	begin(b, "支付成功", false);
	put_head(b, order);
	put_lines(b, order, true);
	buf_addz(b, "</div><div class=\"card\" role=\"status\"><h1>支付成功 Paid</h1></div>");
	put_back(b, c, number);
}

static void say(struct buf *b, const struct config *c, const char *number, const char *title,
	const char *words, bool refresh)
{
	begin(b, title, refresh);
	buf_addf(b, "<div class=\"card\" role=\"status\"><h1>%s</h1><p>%s</p></div>", title, words);
	put_back(b, c, number);
}

/* What to show of an order now. */
static int show(const struct config *c, const char *number, struct buf *b)
{
	struct payment_state s;
	char target[120];
	const char *state;
	json_t *order;
	int status;

	snprintf(target, sizeof(target), "/api/v1/resident/orders/%s", number);
	status = wire_call(c, NULL, "GET", target, NULL, NULL, &order);
	state = order ? text_of(order, "state") : "";
	pay_look(number, &s);
	if (status == 404) {
		say(b, c, number, "没有这个订单", "请返回重新下单。No such order.", false);
	} else if (status == 200 && strcmp(state, "paid") == 0) {
		done_page(b, c, number, order);
	} else if (s.state == PAY_UNKNOWN) {
		say(b, c, number, "支付结果确认中",
			"已收到您的付款，正在通知参保系统，请不要重复支付。Confirming; do not pay again.",
			true);
	} else if (s.state == PAY_REFUSED || s.state == PAY_TOLD) {
		say(b, c, number, "款项待查",
			"付款已收到，参保系统正在核对。Your payment is being looked into.", false);
	} else if (status != 200) {
		say(b, c, number, "暂时连不上", "参保系统没有答复，请稍后再试。Try again later.",
			true);
	} else if (strcmp(state, "open") != 0) {
		say(b, c, number, "订单已过时", "请返回重新下单。The order is over.", false);
	} else {
		ask_page(b, number, order);
	}
	json_decref(order);
	buf_addz(b, "</main></body></html>\n");
	return status == 404 ? 404 : 200;
}

static void press_pay(const struct config *c, const char *number)
{
	struct payment_state s;
	char target[120];
	json_t *order;

	snprintf(target, sizeof(target), "/api/v1/resident/orders/%s", number);
	if (wire_call(c, NULL, "GET", target, NULL, NULL, &order) == 200 && order &&
		strcmp(text_of(order, "state"), "open") == 0 &&
		pay_order(c, number, text_of(order, "channel"),
			json_integer_value(json_object_get(order, "total_fen")), &s) < 0)
		fprintf(stderr,
			"canbao-sim: 付款没有成功：没有这个渠道的密钥，或表已满 / no key for the channel, or the table is full\n");
	json_decref(order);
}

static enum MHD_Result answer(struct MHD_Connection *h, int status, struct buf *b, const char *to)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(b->n, b->p, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result rc;

	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
	MHD_add_response_header(r, "Cache-Control", "no-store");
	MHD_add_response_header(r, "Referrer-Policy", "no-referrer");
	MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
	MHD_add_response_header(r, "Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'");
	if (to)
		MHD_add_response_header(r, "Location", to);
	rc = MHD_queue_response(h, (unsigned)status, r);
	MHD_destroy_response(r);
	return rc;
}

#define FORM_MAX 64
struct form {
	char text[FORM_MAX];
	size_t n;
};

static bool order_good(const char *z)
{
	size_t n = strlen(z);

	return n > 0 && n < ORDER_TEXT_MAX && strspn(z, "0123456789abcdef") == n;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *h, const char *url,
	const char *method, const char *version, const char *data, size_t *size, void **ctx)
{
	const struct config *c = cls;
	struct form *f = *ctx;
	char to[120];
	enum MHD_Result rc;
	struct buf b;
	int status;

	(void)version;
	if (!f) {
		*ctx = calloc(1, sizeof(struct form));
		return *ctx ? MHD_YES : MHD_NO;
	}
	if (*size) {
		size_t n = *size < FORM_MAX - 1 - f->n ? *size : FORM_MAX - 1 - f->n;

		memcpy(f->text + f->n, data, n);
		f->n += n;
		*size = 0;
		return MHD_YES;
	}
	buf_init(&b, ANSWER_MAX);
	if (strncmp(url, "/pay/", 5) != 0 || !order_good(url + 5)) {
		say(&b, c, "", "没有这个页面", "Not found.", false);
		rc = answer(h, 404, &b, NULL);
	} else if (strcmp(method, "POST") == 0 && strcmp(f->text, "do=cancel") == 0) {
		say(&b, c, url + 5, "已取消", "没有付款。Cancelled, nothing was paid.", false);
		rc = answer(h, 200, &b, NULL);
	} else if (strcmp(method, "POST") == 0) {
		press_pay(c, url + 5);
		snprintf(to, sizeof(to), "/pay/%s", url + 5);
		rc = answer(h, 303, &b, to);
	} else {
		status = show(c, url + 5, &b);
		rc = answer(h, status, &b, NULL);
	}
	buf_release(&b);
	return rc;
}

static void forget(
	void *cls, struct MHD_Connection *h, void **ctx, enum MHD_RequestTerminationCode why)
{
	(void)cls;
	(void)h;
	(void)why;
	free(*ctx);
	*ctx = NULL;
}

int pages_run(const struct config *c, const char *host, uint16_t port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(port) };
	const union MHD_DaemonInfo *info;
	struct MHD_Daemon *d;
	sigset_t set;
	int got;

	if (inet_pton(AF_INET, host, &at.sin_addr) != 1)
		return FAULT_FORMAT;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	if (pay_retry_start(c) < 0)
		return FAULT_MEMORY;
	d = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL, 0, NULL, NULL, handle,
		(void *)(uintptr_t)c, MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_THREAD_POOL_SIZE, 4u,
		MHD_OPTION_CONNECTION_TIMEOUT, 30u, MHD_OPTION_NOTIFY_COMPLETED, forget, NULL,
		MHD_OPTION_END);
	if (!d)
		return FAULT_IO;
	info = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
	printf("canbao-sim: http://%s:%u/\n", host, info ? info->port : port);
	fflush(stdout);
	sigwait(&set, &got);
	MHD_stop_daemon(d);
	return 0;
}
