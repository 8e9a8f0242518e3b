/* SPDX-License-Identifier: Apache-2.0 */
/* canbao-sim: payment channels for demonstrations and tests. */
#include "sim.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
	"用法：canbao-sim --server 地址 --clients 文件 [--listen 127.0.0.1:8090]\n"
	"      canbao-sim --server 地址 --clients 文件 --script 名单 [--orders N] [--duplicates N]\n"
	"                 [--wrong-every N] [--second-every N]\n"
	"  模拟缴费渠道：给订单一个支付页面，付款后以签名通知服务，直到得到答复。不动真钱。\n"
	"  --clients    每行：渠道代码 接口代码 密钥（canbao client add 得到）\n"
	"  --script     不开页面，给名单上的人（每行 姓名,证件号码）逐个下单付款，打印汇总\n"
	"\n"
	"Usage: canbao-sim --server URL --clients FILE [--listen 127.0.0.1:8090]\n"
	"       canbao-sim --server URL --clients FILE --script PEOPLE [--orders N] [--duplicates N]\n"
	"                  [--wrong-every N] [--second-every N]\n"
	"  Simulated payment channels: a payment page for an order; the service is told by signed\n"
	"  notifications until it answered.  No money moves.\n";

struct options {
	const char *server, *clients, *listen;
	struct script script;
};

static bool number(const char *text, int *ret)
{
	int64_t v;

	if (!str_int(str_of(text), &v) || v > 1000000)
		return false;
	*ret = (int)v;
	return true;
}

static bool read_options(int argc, char **argv, struct options *o)
{
	for (int i = 1; i + 1 < argc; i += 2) {
		const char *k = argv[i], *v = argv[i + 1];
		bool ok = true;

		if (strcmp(k, "--server") == 0)
			o->server = v;
		else if (strcmp(k, "--clients") == 0)
			o->clients = v;
		else if (strcmp(k, "--listen") == 0)
			o->listen = v;
		else if (strcmp(k, "--script") == 0)
			o->script.people = v;
		else if (strcmp(k, "--orders") == 0)
			ok = number(v, &o->script.orders);
		else if (strcmp(k, "--duplicates") == 0)
			ok = number(v, &o->script.duplicates);
		else if (strcmp(k, "--wrong-every") == 0)
			ok = number(v, &o->script.wrong_every);
		else if (strcmp(k, "--second-every") == 0)
			ok = number(v, &o->script.second_every);
		else
			ok = false;
		if (!ok)
			return false;
	}
	return argc % 2 == 1 && o->server && o->clients && strlen(o->server) < URL_TEXT_MAX - 1;
}

static int listen_run(const struct config *c, const char *listen)
{
	struct str rest = str_of(listen), host;
	char text[64];
	int64_t port;

	if (!str_cut(&rest, STR(":"), &host) || host.n >= sizeof(text) || !str_int(rest, &port) ||
		port > 65535)
		return FAULT_FORMAT;
	snprintf(text, sizeof(text), "%.*s", STR_ARG(host));
	return pages_run(c, text, (uint16_t)port);
}

int main(int argc, char **argv)
{
	struct options o = { .listen = "127.0.0.1:8090", .script = { .orders = 1000000 } };
	static struct config c;
	struct err err = { "" };
	size_t n;
	int rc;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return 0;
	}
	if (!read_options(argc, argv, &o)) {
		fputs(usage, stderr);
		return 2;
	}
	n = strlen(o.server);
	while (n && o.server[n - 1] == '/')
		n--;
	snprintf(c.server, sizeof(c.server), "%.*s", (int)n, o.server);
	if (clients_read(&c, o.clients, &err) < 0) {
		fprintf(stderr, "canbao-sim: %s\n", err.text);
		return 2;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	rc = o.script.people ? script_run(&c, &o.script) : listen_run(&c, o.listen);
	if (rc < 0)
		fprintf(stderr, "canbao-sim: %s\n", fault_text(rc));
	curl_global_cleanup();
	return rc < 0 ? 1 : 0;
}
