/* SPDX-License-Identifier: Apache-2.0 */
#include "sim.h"

#include <curl/curl.h>
#include <openssl/rand.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/hex.h"

static size_t keep_body(char *p, size_t size, size_t n, void *ctx)
{
	struct buf *b = ctx;

	buf_add(b, (struct str){ p, size * n });
	return buf_bad(b) ? 0 : size * n;
}

/* "Set-Cookie: name=value; …" becomes "name=value". */
static size_t keep_cookie(char *p, size_t size, size_t n, void *ctx)
{
	static const char name[] = "set-cookie:";
	struct str line = { p, size * n }, value;
	char *jar = ctx;

	if (line.n <= sizeof(name) || strncasecmp(p, name, sizeof(name) - 1) != 0)
		return size * n;
	line = (struct str){ p + sizeof(name) - 1, line.n - (sizeof(name) - 1) };
	if (str_cut(&line, STR(";"), &value) && str_trim(value).n < COOKIE_MAX)
		snprintf(jar, COOKIE_MAX, "%.*s", STR_ARG(str_trim(value)));
	return size * n;
}

static struct curl_slist *add_header(struct curl_slist *list, const char *fmt, const char *value)
{
	char line[API_HEADER_MAX + COOKIE_MAX];

	snprintf(line, sizeof(line), fmt, value);
	return curl_slist_append(list, line);
}

static struct curl_slist *sign(struct curl_slist *list, const struct client *client,
	const char *method, const char *target, const char *body)
{
	unsigned char random[16];
	char nonce[2 * sizeof(random) + 1];
	struct api_request q = { .method = str_of(method),
		.target = str_of(target),
		.time = (int64_t)time(NULL),
		.nonce = { nonce, sizeof(nonce) - 1 } };
	struct curl_slist *out;
	struct buf b;

	BUG_IF(RAND_bytes(random, sizeof(random)) != 1);
	hex_print(random, sizeof(random), nonce);
	api_body_digest(str_of(body ? body : ""), q.body_sm3);
	buf_init(&b, API_HEADER_MAX);
	api_header_print(&b, str_of(client->id), client->key, &q);
	out = add_header(list, "Authorization: %s", b.p ? b.p : "");
	buf_release(&b);
	return out;
}

int wire_call(const struct config *c, const struct client *client, const char *method,
	const char *target, const char *body, char *jar, json_t **ret_json)
{
	struct curl_slist *headers = curl_slist_append(NULL, "X-Canbao: 1");
	char url[2 * URL_TEXT_MAX];
	struct buf answer;
	CURL *h = curl_easy_init();
	CURLcode rc;
	long status = 0;

	*ret_json = NULL;
	if (!h) {
		curl_slist_free_all(headers);
		return FAULT_MEMORY;
	}
	buf_init(&answer, ANSWER_MAX);
	snprintf(url, sizeof(url), "%s%s", c->server, target);
	if (body)
		headers = curl_slist_append(headers, "Content-Type: application/json");
	if (jar && jar[0])
		headers = add_header(headers, "Cookie: %s", jar);
	if (client)
		headers = sign(headers, client, method, target, body);
	curl_easy_setopt(h, CURLOPT_URL, url);
	curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(h, CURLOPT_TIMEOUT, 10L);
	curl_easy_setopt(h, CURLOPT_PROXY, "");
	if (body)
		curl_easy_setopt(h, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, keep_body);
	curl_easy_setopt(h, CURLOPT_WRITEDATA, &answer);
	if (jar) {
		curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, keep_cookie);
		curl_easy_setopt(h, CURLOPT_HEADERDATA, jar);
	}
	rc = curl_easy_perform(h);
	curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
	if (rc == CURLE_OK && answer.n)
		*ret_json = json_loadb(answer.p, answer.n, 0, NULL);
	curl_slist_free_all(headers);
	curl_easy_cleanup(h);
	buf_release(&answer);
	return rc == CURLE_OK ? (int)status : FAULT_IO;
}
