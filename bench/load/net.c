/* SPDX-License-Identifier: Apache-2.0 */
/* Keep-alive HTTP/1.1 connections to one server, driven by epoll. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

#define WAITING_MAX 200000

struct conn {
	int fd;
	bool busy;
	struct call call;
	char *in;
	size_t n, cap;
	size_t head, length; /* of the answer: bytes before the body, bytes of the body */
	bool headed;
};

static struct {
	int port, epoll;
	struct conn *conns;
	int n, *free_list, n_free;
	struct call *waiting; /* a ring */
	size_t first, n_waiting, under_way;
	void (*done)(const struct call *c, const struct answer *a);
} net;

static void conn_open(struct conn *c)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)net.port) };
	struct epoll_event e = { .events = EPOLLIN, .data = { .ptr = c } };
	int one = 1;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	load_must(c->fd >= 0, "socket", strerror(errno));
	load_must(connect(c->fd, (struct sockaddr *)&to, sizeof(to)) == 0, "connect",
		strerror(errno));
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	load_must(fcntl(c->fd, F_SETFL, O_NONBLOCK) == 0, "fcntl", strerror(errno));
	load_must(epoll_ctl(net.epoll, EPOLL_CTL_ADD, c->fd, &e) == 0, "epoll", strerror(errno));
	c->busy = false;
	c->n = 0;
	c->headed = false;
}

void net_open(int port, int connections, void (*done)(const struct call *, const struct answer *))
{
	load_must(
		connections > 0 && connections <= LOAD_CONNECTIONS_MAX, "connections", "too many");
	net.port = port;
	net.done = done;
	net.n = connections;
	net.epoll = epoll_create1(EPOLL_CLOEXEC);
	net.conns = calloc((size_t)connections, sizeof(*net.conns));
	net.free_list = calloc((size_t)connections, sizeof(*net.free_list));
	net.waiting = calloc(WAITING_MAX, sizeof(*net.waiting));
	load_must(net.epoll >= 0 && net.conns && net.free_list && net.waiting, "out of", "memory");
	for (int i = 0; i < connections; i++) {
		conn_open(&net.conns[i]);
		net.free_list[net.n_free++] = i;
	}
}

static void conn_send(struct conn *c, const struct call *call)
{
	char out[LOAD_COOKIE_MAX + LOAD_BODY_MAX + 1400];
	size_t body = strlen(call->body);
	int n = snprintf(out, sizeof(out), "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s",
		call->method, call->path, call->headers,
		body ? "Content-Type: application/json\r\n" : "");

	load_must(n > 0 && (size_t)n < sizeof(out), "request", "too long");
	n += snprintf(out + n, sizeof(out) - (size_t)n, "Content-Length: %zu\r\n\r\n%s", body,
		call->body);
	load_must((size_t)n < sizeof(out), "request", "too long");
	c->call = *call;
	c->busy = true;
	c->n = 0;
	c->headed = false;
	net.under_way++;
	load_must(send(c->fd, out, (size_t)n, MSG_NOSIGNAL) == n || errno == EPIPE ||
			  errno == ECONNRESET,
		"send", strerror(errno));
}

void net_offer(const struct call *c)
{
	if (net.n_free > 0) {
		conn_send(&net.conns[net.free_list[--net.n_free]], c);
		return;
	}
	load_must(net.n_waiting < WAITING_MAX, "the server is", "too far behind");
	net.waiting[(net.first + net.n_waiting++) % WAITING_MAX] = *c;
}

static void conn_next(struct conn *c)
{
	struct call call;

	if (net.n_waiting == 0) {
		net.free_list[net.n_free++] = (int)(c - net.conns);
		return;
	}
	call = net.waiting[net.first];
	net.first = (net.first + 1) % WAITING_MAX;
	net.n_waiting--;
	conn_send(c, &call);
}

static void conn_answer(struct conn *c, struct answer *a)
{
	struct call call = c->call;

	c->busy = false;
	net.under_way--;
	stat_add(call.kind, load_now() - call.due, a->status);
	net.done(&call, a);
}

static void conn_broke(struct conn *c)
{
	struct answer a = { 0, "", 0, "" };
	bool busy = c->busy;

	close(c->fd);
	if (busy)
		conn_answer(c, &a);
	conn_open(c);
	if (busy)
		conn_next(c);
}

/* The head is there: find its length, the body's and a cookie. */
static bool read_head(struct conn *c)
{
	char *end = c->n >= 4 ? strstr(c->in, "\r\n\r\n") : NULL, *p;

	if (!end)
		return false;
	c->head = (size_t)(end - c->in) + 4;
	c->length = 0;
	for (p = strstr(c->in, "\r\n"); p && p < end; p = strstr(p + 2, "\r\n"))
		if (strncasecmp(p + 2, "Content-Length:", 15) == 0)
			c->length = strtoull(p + 17, NULL, 10);
	load_must(c->length < LOAD_ANSWER_MAX, "an answer is", "too long");
	c->headed = true;
	return true;
}

static void take_answer(struct conn *c)
{
	struct answer a = { 0, c->in + c->head, c->length, "" };
	char *p, *end = c->in + c->head;

	a.status = (int)strtol(c->in + 9, NULL, 10);
	for (p = strstr(c->in, "\r\n"); p && p < end; p = strstr(p + 2, "\r\n")) {
		size_t n;

		if (strncasecmp(p + 2, "Set-Cookie: ", 12) != 0)
			continue;
		n = strcspn(p + 14, ";\r");
		if (n < sizeof(a.cookie)) {
			memcpy(a.cookie, p + 14, n);
			a.cookie[n] = '\0';
		}
	}
	conn_answer(c, &a);
}

static void conn_read(struct conn *c)
{
	for (;;) {
		ssize_t n;

		if (c->cap - c->n < 4097) {
			c->cap = c->cap ? c->cap * 2 : 16384;
			c->in = realloc(c->in, c->cap);
			load_must(c->in != NULL, "out of", "memory");
		}
		n = recv(c->fd, c->in + c->n, c->cap - c->n - 1, 0);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			break;
		if (n <= 0) {
			conn_broke(c);
			return;
		}
		c->n += (size_t)n;
		c->in[c->n] = '\0';
	}
	if (!c->busy || (!c->headed && !read_head(c)))
		return;
	if (c->n < c->head + c->length)
		return;
	take_answer(c);
	conn_next(c);
}

void net_run(double until)
{
	struct epoll_event events[256];

	do {
		double left = until - load_now();
		int n = epoll_wait(net.epoll, events, 256, left > 0.001 ? 1 : 0);

		for (int i = 0; i < n; i++)
			conn_read(events[i].data.ptr);
	} while (load_now() < until);
}

size_t net_busy(void)
{
	return net.n_waiting + net.under_way;
}
