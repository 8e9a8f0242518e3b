/* SPDX-License-Identifier: Apache-2.0 */
/* libmicrohttpd's callbacks, and the deadlines it has no word for. */
#include "doors/http/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "doors/http/exchange.h"

#define CONNECTION_MEMORY (32u * 1024u) /* request line, headers and a piece of the body */
#define BACKLOG 1024
#define LAST_SECONDS 2 /* for workers whose requests were given up */

/* An open connection.  Between two requests it may be idle; a request whose headers do not come to
 * an end within the deadline is cut off, however steadily its bytes drip. */
struct connection {
	struct connection *before, *after;
	int fd;
	int64_t deadline_us;
};

static void listed(struct server *s, struct connection *k, bool add)
{
	pthread_mutex_lock(&s->lock);
	if (add) {
		k->after = s->connections;
		if (k->after)
			k->after->before = k;
		s->connections = k;
	} else {
		if (k->before)
			k->before->after = k->after;
		else
			s->connections = k->after;
		if (k->after)
			k->after->before = k->before;
	}
	pthread_mutex_unlock(&s->lock);
	metrics_add(s->service->metrics, METRIC_CONNECTIONS, add ? 1 : -1);
}

static int64_t idle_deadline(const struct server *s)
{
	const struct settings *set = &s->service->settings;

	return clock_us() + (set->idle_timeout + set->request_timeout) * 1000000;
}

static void notify_connection(void *cls, struct MHD_Connection *c, void **context,
	enum MHD_ConnectionNotificationCode code)
{
	struct server *s = cls;
	const union MHD_ConnectionInfo *i;
	struct connection *k;

	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*context)
			listed(s, *context, false);
		free(*context);
		*context = NULL;
		return;
	}
	k = calloc(1, sizeof(*k));
	i = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	*context = k;
	if (!k || !i) {
		free(k);
		*context = NULL;
		return;
	}
	k->fd = i->connect_fd;
	k->deadline_us = clock_us() + s->service->settings.request_timeout * 1000000;
	listed(s, k, true);
}

static void connection_until(struct server *s, struct MHD_Connection *c, int64_t deadline_us)
{
	const union MHD_ConnectionInfo *i =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct connection *k = i ? i->socket_context : NULL;

	if (!k)
		return;
	pthread_mutex_lock(&s->lock);
	k->deadline_us = deadline_us;
	pthread_mutex_unlock(&s->lock);
}

/* The request's first line is there. */
static void *first_line(void *cls, const char *target, struct MHD_Connection *c)
{
	struct server *s = cls;
	struct exchange *x = exchange_new(s, c, target);

	if (!x)
		return NULL;
	pthread_mutex_lock(&s->lock);
	s->active++;
	pthread_mutex_unlock(&s->lock);
	connection_until(s, c, x->deadline_us);
	return x;
}

/* The escapes stay in the path and the query: we read them ourselves, strictly. */
static size_t leave_escapes(void *cls, struct MHD_Connection *c, char *text)
{
	(void)cls;
	(void)c;
	return strlen(text);
}

static void at_work(struct server *s, struct exchange *x, bool add)
{
	pthread_mutex_lock(&s->lock);
	if (add) {
		x->before = NULL;
		x->after = s->exchanges;
		if (x->after)
			x->after->before = x;
		s->exchanges = x;
	} else {
		if (x->before)
			x->before->after = x->after;
		else
			s->exchanges = x->after;
		if (x->after)
			x->after->before = x->before;
	}
	pthread_mutex_unlock(&s->lock);
}

/* The request is read: a worker goes on with it, the connection sleeps. */
static enum MHD_Result hand_over(struct server *s, struct exchange *x)
{
	connection_until(s, x->connection, INT64_MAX);
	exchange_hold(x);
	atomic_store(&x->state, EXCHANGE_WORKING);
	at_work(s, x, true);
	MHD_suspend_connection(x->connection);
	if (workers_put(s->workers, x))
		return MHD_YES;
	/* No room: said at once, so that whoever waits already is served. */
	metrics_add(s->service->metrics, METRIC_SHED, 1);
	at_work(s, x, false);
	exchange_drop(x);
	atomic_store(&x->state, EXCHANGE_LATE);
	MHD_resume_connection(x->connection);
	return MHD_YES;
}

static enum MHD_Result answer(struct server *s, struct exchange *x)
{
	enum MHD_Result rc = exchange_send(x);

	connection_until(s, x->connection, x->sent_by_us);
	return rc;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *c, const char *url,
	const char *method, const char *version, const char *data, size_t *n, void **context)
{
	struct server *s = cls;
	struct exchange *x = *context;

	(void)c;
	(void)url;
	(void)version;
	if (!x)
		return MHD_NO;
	if (atomic_load(&x->state) != EXCHANGE_READING)
		return answer(s, x);
	if (!x->started) {
		exchange_start(x, method);
		connection_until(s, c, x->deadline_us);
		/* A body that is refused for its length is not waited for, and neither is anything
		 * behind broken framing. */
		return x->refused && (x->close || x->why == PROBLEM_TOO_LARGE) ? answer(s, x)
									       : MHD_YES;
	}
	if (*n) {
		bool fine = exchange_body(x, data, *n);

		*n = 0;
		return fine ? MHD_YES : MHD_NO;
	}
	if (x->refused || x->options || !x->rq.route)
		return answer(s, x);
	return hand_over(s, x);
}

static void completed(
	void *cls, struct MHD_Connection *c, void **context, enum MHD_RequestTerminationCode code)
{
	struct server *s = cls;
	struct exchange *x = *context;

	(void)code;
	*context = NULL;
	if (!x)
		return;
	connection_until(s, c, idle_deadline(s));
	if (x->status_sent)
		door_log(x, x->status_sent, clock_us() - x->began_us);
	exchange_drop(x);
	pthread_mutex_lock(&s->lock);
	s->active--;
	pthread_mutex_unlock(&s->lock);
}

void server_done(struct server *s, struct exchange *x)
{
	int working = EXCHANGE_WORKING;

	at_work(s, x, false);
	if (atomic_compare_exchange_strong(&x->state, &working, EXCHANGE_DONE))
		MHD_resume_connection(x->connection);
	exchange_drop(x);
}

/* Answer as busy whatever is at work for longer than allowed; its worker finishes for nobody. */
static void late_ones(struct server *s, int64_t now, bool all)
{
	pthread_mutex_lock(&s->lock);
	for (struct exchange *x = s->exchanges; x; x = x->after) {
		int working = EXCHANGE_WORKING;

		if ((!all && now < x->deadline_us) ||
			!atomic_compare_exchange_strong(&x->state, &working, EXCHANGE_LATE))
			continue;
		metrics_add(s->service->metrics, METRIC_TIMED_OUT, 1);
		MHD_resume_connection(x->connection);
	}
	pthread_mutex_unlock(&s->lock);
}

void server_tick(struct server *s)
{
	int64_t now = clock_us();

	late_ones(s, now, false);
	pthread_mutex_lock(&s->lock);
	for (struct connection *k = s->connections; k; k = k->after) {
		if (now < k->deadline_us)
			continue;
		/* The event thread sees the end of the stream and closes; the descriptor is still
		 * its own, since a closing connection leaves this list first. */
		shutdown(k->fd, SHUT_RDWR);
		k->deadline_us = INT64_MAX;
		metrics_add(s->service->metrics, METRIC_CUT, 1);
	}
	pthread_mutex_unlock(&s->lock);
}

static void mhd_log(void *cls, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
static void mhd_log(void *cls, const char *fmt, va_list ap)
{
	char text[300];

	(void)cls;
	vsnprintf(text, sizeof(text), fmt, ap);
	for (char *p = text; *p; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
	log_line(LOG_DEBUG, "http_library %s", text);
}

static int bind_address(const struct settings *set, struct sockaddr_storage *ret, bool *ret_six)
{
	char host[64];
	uint16_t port;
	bool loopback;
	struct sockaddr_in *four = (struct sockaddr_in *)ret;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)ret;

	memset(ret, 0, sizeof(*ret));
	if (!settings_address(set->listen, host, &port, &loopback))
		return FAULT_FORMAT;
	*ret_six = inet_pton(AF_INET6, host, &six->sin6_addr) == 1;
	if (*ret_six) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(port);
		return 0;
	}
	memset(ret, 0, sizeof(*ret));
	four->sin_family = AF_INET;
	four->sin_port = htons(port);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1 ? 0 : FAULT_FORMAT;
}

static struct MHD_Daemon *start_daemon(
	struct server *s, const struct sockaddr_storage *address, bool six)
{
	const struct settings *set = &s->service->settings;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME |
			 MHD_USE_ERROR_LOG | (six ? MHD_USE_IPv6 : 0);
	const unsigned threads = (unsigned)set->event_threads;
	struct MHD_OptionItem pool[] = { { MHD_OPTION_THREAD_POOL_SIZE, threads, NULL },
		{ MHD_OPTION_END, 0, NULL } };

	/* A pool of one is refused by the library: one thread is its default. */
	if (threads < 2)
		pool[0].option = MHD_OPTION_END;
	return MHD_start_daemon(flags, 0, NULL, NULL, handle, s, MHD_OPTION_EXTERNAL_LOGGER,
		mhd_log, s, MHD_OPTION_ARRAY, pool, MHD_OPTION_SOCK_ADDR,
		(const struct sockaddr *)address, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)set->connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
		(unsigned)set->connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)set->idle_timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_LISTEN_BACKLOG_SIZE, BACKLOG, MHD_OPTION_URI_LOG_CALLBACK, first_line, s,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_NOTIFY_COMPLETED,
		completed, s, MHD_OPTION_NOTIFY_CONNECTION, notify_connection, s, MHD_OPTION_END);
}

int server_start(struct server *s, struct service *service, uint16_t *ret_port, struct err *err)
{
	const struct settings *set = &service->settings;
	struct sockaddr_storage address;
	const union MHD_DaemonInfo *info;
	bool six;
	int rc;

	*s = (struct server){ .service = service };
	pthread_mutex_init(&s->lock, NULL);
	rc = bind_address(set, &address, &six);
	if (rc < 0)
		return err_set(err, rc, "listen = %s", set->listen);
	rc = workers_new(service, (size_t)set->workers, (size_t)set->queue, &s->workers);
	if (rc < 0)
		return err_set(err, rc, "%s", fault_text(rc));
	s->daemon = start_daemon(s, &address, six);
	if (!s->daemon)
		return err_set(err, FAULT_IO, "%s 不能监听：%s / cannot listen there", set->listen,
			strerror(errno));
	info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	*ret_port = info ? info->port : 0;
	return 0;
}

static int active(struct server *s)
{
	int n;

	pthread_mutex_lock(&s->lock);
	n = s->active;
	pthread_mutex_unlock(&s->lock);
	return n;
}

bool server_stop(struct server *s)
{
	int64_t end = clock_us() + s->service->settings.stop_timeout * 1000000;
	const struct timespec moment = { 0, 20000000 };

	atomic_store(&s->stopping, true);
	if (s->daemon) {
		int fd = MHD_quiesce_daemon(s->daemon);

		if (fd >= 0)
			close(fd);
		streams_stop(s);
		while (active(s) > 0 && clock_us() < end) {
			server_tick(s);
			nanosleep(&moment, NULL);
		}
		late_ones(s, 0, true);
		/* The library refuses to stop over a connection that sleeps; those just woken get
		 * a moment to send. */
		for (int i = 0; i < 50 && active(s) > 0; i++)
			nanosleep(&moment, NULL);
	}
	if (!workers_free(s->workers, LAST_SECONDS) || atomic_load(&s->streams) > 0)
		return false;
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	pthread_mutex_destroy(&s->lock);
	return true;
}
