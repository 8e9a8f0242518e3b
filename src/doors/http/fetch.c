/* SPDX-License-Identifier: Apache-2.0 */
#include "doors/http/fetch.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void start(void)
{
	BUG_IF(curl_global_init(CURL_GLOBAL_DEFAULT) != 0);
}

bool fetch_may(const char *url)
{
	static const char *const here[] = { "http://127.0.0.1", "http://localhost",
		"http://[::1]" };

	if (strncmp(url, "https://", 8) == 0)
		return true;
	for (size_t i = 0; i < ARRAY_LEN(here); i++) {
		size_t n = strlen(here[i]);

		/* The name must end there: not http://localhost.example. */
		if (strncmp(url, here[i], n) == 0 && (url[n] == ':' || url[n] == '/'))
			return strchr(url, '@') == NULL;
	}
	return false;
}

static size_t take(char *p, size_t size, size_t n, void *ctx)
{
	struct buf *b = ctx;

	buf_add(b, (struct str){ p, size * n });
	return buf_bad(b) ? 0 : size * n;
}

static int fetch(CURL *c, const char *url, struct buf *answer)
{
	long status = 0;
	bool fine;

	fine = curl_easy_setopt(c, CURLOPT_URL, url) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)FETCH_SECONDS) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_WRITEDATA, answer) == CURLE_OK;
	if (!fine || curl_easy_perform(c) != CURLE_OK)
		return 0;
	if (curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
		return 0;
	return (int)status;
}

int fetch_get(const char *url, struct buf *answer)
{
	CURL *c;
	int status;

	pthread_once(&once, start);
	c = curl_easy_init();
	status = c ? fetch(c, url, answer) : 0;
	curl_easy_cleanup(c);
	return status;
}

int fetch_form(const char *url, const char *user, const char *password, const struct buf *form,
	struct buf *answer)
{
	bool fine;
	CURL *c;
	int status = 0;

	pthread_once(&once, start);
	c = curl_easy_init();
	if (!c)
		return 0;
	fine = curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)form->n) == CURLE_OK &&
	       curl_easy_setopt(c, CURLOPT_POSTFIELDS, form->p) == CURLE_OK;
	if (fine && user)
		fine = curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC) == CURLE_OK &&
		       curl_easy_setopt(c, CURLOPT_USERNAME, user) == CURLE_OK &&
		       curl_easy_setopt(c, CURLOPT_PASSWORD, password) == CURLE_OK;
	if (fine)
		status = fetch(c, url, answer);
	curl_easy_cleanup(c);
	return status;
}

void fetch_encode(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			c == '-' || c == '.' || c == '_' || c == '~')
			buf_addc(b, (char)c);
		else
			buf_addf(b, "%%%02X", c);
	}
}
