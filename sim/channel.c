/* SPDX-License-Identifier: Apache-2.0 */
#include "sim.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/day.h"

static bool word(struct str *rest, struct str *ret)
{
	*rest = str_trim(*rest);
	return rest->n && str_cut(rest, STR(" "), ret) && ret->n > 0;
}

static bool read_line(struct config *c, struct str line)
{
	struct client *k = &c->clients[c->n_clients];
	struct str channel, id, key;

	if (!word(&line, &channel) || !word(&line, &id) || !word(&line, &key) || str_trim(line).n ||
		channel.n >= sizeof(k->channel) || id.n >= sizeof(k->id) ||
		!api_key_parse(key, k->key) || c->n_clients == CLIENTS_MAX - 1)
		return false;
	snprintf(k->channel, sizeof(k->channel), "%.*s", STR_ARG(channel));
	snprintf(k->id, sizeof(k->id), "%.*s", STR_ARG(id));
	c->n_clients++;
	return true;
}

int clients_read(struct config *c, const char *path, struct err *err)
{
	FILE *f = fopen(path, "r");
	char text[400];
	int n = 0, rc = 0;

	if (!f)
		return err_set(err, FAULT_IO, "打不开渠道文件 %s / cannot open it", path);
	while (rc == 0 && fgets(text, sizeof(text), f)) {
		struct str line = str_trim(str_of(text));

		n++;
		if (line.n && line.p[0] != '#' && !read_line(c, line))
			rc = err_set(err, FAULT_FORMAT,
				"%s:%d：每行写 渠道 接口代码 密钥 / takes CHANNEL CLIENT KEY", path,
				n);
	}
	fclose(f);
	return rc;
}

const struct client *client_of(const struct config *c, const char *channel)
{
	for (size_t i = 0; i < c->n_clients; i++)
		if (strcmp(c->clients[i].channel, channel) == 0)
			return &c->clients[i];
	return NULL;
}

int64_t sim_now(const struct config *c)
{
	int64_t now = (int64_t)time(NULL);
	const char *text;
	json_t *season;
	day_t today;

	if (wire_call(c, NULL, "GET", "/api/v1/season", NULL, NULL, &season) == 200 && season) {
		text = json_string_value(json_object_get(season, "today"));
		if (text && day_parse(str_of(text), &today))
			now += ((int64_t)today - (now + 8 * 3600) / 86400) * 86400;
	}
	json_decref(season);
	return now;
}
