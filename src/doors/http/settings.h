/* SPDX-License-Identifier: Apache-2.0 */
/* The settings of the service: one table that parses, reloads, prints (`canbao config`) and
 * documents (docs/settings.md) them.  A file `canbao.conf` holds lines `name = value` and comments
 * after #; the command line lays `--set name=value` over it.  The environment says nothing. */
#ifndef CANBAO_DOORS_HTTP_SETTINGS_H
#define CANBAO_DOORS_HTTP_SETTINGS_H

#include "base/buf.h"
#include "base/day.h"
#include "base/err.h"

#define SETTING_TEXT_MAX 512 /* bytes of a text, its NUL included */
#define SETTINGS_FILE_MAX (64u * 1024u)

/* X(name, KIND, default, lowest, highest, reload, Chinese, English)
 *
 * KIND: TEXT, INT, FLAG (yes, no), TIME (seconds; 30s, 15min, 12h, 7d), SIZE (bytes; 64KB, 8MB,
 * 1GB), DAY (2023-12-15).  RELOAD: SIGHUP takes a new value; FIXED: only a new start does. */
#define SETTINGS(X) \
	X(listen, TEXT, "127.0.0.1:8080", 0, 0, FIXED, "监听地址和端口；端口 0 由系统挑选", \
		"address and port to listen on; port 0 lets the system choose") \
	X(tls_proxy, FLAG, "no", 0, 0, FIXED, \
		"前面有做 HTTPS 的反向代理：可以监听本机以外的地址，来源地址取 X-Forwarded-For 的最后一个", \
		"a reverse proxy in front speaks HTTPS: other addresses than loopback are allowed, and the caller's address is the last one of X-Forwarded-For") \
	X(db, TEXT, "canbao.db", 0, 0, FIXED, "数据库：SQLite 文件或 postgresql://…", \
		"database: a SQLite file or postgresql://…") \
	X(key, TEXT, "", 0, 0, FIXED, "密钥文件；空：数据库文件名加 .key", \
		"key file; empty: the database file's name with .key behind it") \
	X(policy, TEXT, "", 0, 0, FIXED, "本季的政策包代码，如 sunan-2024", \
		"code of the season's policy pack, such as sunan-2024") \
	X(packs, TEXT, "", 0, 0, FIXED, "政策包文件夹；空：同 canbao 其他命令", \
		"folder of the policy packs; empty: as for the other verbs") \
	X(county, INT, "0", 0, 999999, FIXED, "六位区划代码；0：数据库所属的县", \
		"six digits of the county; 0: the store's own") \
	X(notices, TEXT, "", 0, 0, FIXED, \
		"通知原文的文件夹（.txt，以政策包代码命名）；空：不显示", \
		"folder of the notices' texts (.txt named by the pack's code); empty: not shown") \
	X(spool, TEXT, "spool", 0, 0, FIXED, "上传和导出文件的文件夹", \
		"folder for uploads and exports") \
	X(language, TEXT, "zh", 0, 0, FIXED, "日志和提示语言：zh 或 en", \
		"language of messages: zh or en") \
	X(log_level, TEXT, "info", 0, 0, RELOAD, "日志级别：debug、info、warn、error", \
		"log level: debug, info, warn, error") \
	X(workers, INT, "8", 1, 64, FIXED, "处理请求的线程数", "threads that work on requests") \
	X(queue, INT, "2048", 1, 65536, FIXED, "等待处理的请求数上限，超出立即答“繁忙”", \
		"requests that may wait; more are told at once that the system is busy") \
	X(event_threads, INT, "2", 1, 16, FIXED, "收发字节的线程数", \
		"threads that move bytes in and out") \
	X(connections, INT, "2048", 8, 65536, FIXED, "连接数上限", "connections in all") \
	X(connections_per_address, INT, "1500", 1, 65536, FIXED, "同一地址的连接数上限", \
		"connections from one address") \
	X(streams, INT, "64", 1, 256, FIXED, "同时的进度推送数上限", \
		"progress streams at the same time") \
	X(request_timeout, TIME, "30s", 1, 3600, RELOAD, "一个请求从开始到答复的时限", \
		"time for one request, from its first byte to its answer") \
	X(upload_timeout, TIME, "10min", 1, 86400, RELOAD, "上传文件的请求的时限", \
		"the same for a request that uploads a file") \
	X(idle_timeout, TIME, "30s", 1, 3600, FIXED, "连接空闲多久后关闭", \
		"idle connections are closed after this time") \
	X(stop_timeout, TIME, "20s", 0, 600, RELOAD, "停止服务时等在办请求的时间", \
		"how long a stop waits for requests that are being worked on") \
	X(body_json, SIZE, "256KB", 1024, 1048576, RELOAD, "JSON 请求体上限", \
		"ceiling of a JSON body") \
	X(body_upload, SIZE, "256MB", 1024, 4294967296, RELOAD, "上传文件上限", \
		"ceiling of an uploaded file") \
	X(body_evidence, SIZE, "8MB", 1024, 67108864, RELOAD, "佐证材料上限", \
		"ceiling of a piece of evidence") \
	X(cookie_secure, FLAG, "yes", 0, 0, FIXED, \
		"Cookie 只经 HTTPS 传送；仅本机 HTTP 试用时写 no", \
		"cookies travel over HTTPS only; no is for trying things on loopback HTTP") \
	X(session_idle, TIME, "30min", 60, 86400, RELOAD, "登录后多久不操作要重新登录", \
		"a log-in ends after this time without a request") \
	X(session_absolute, TIME, "12h", 300, 604800, RELOAD, "登录最长有效时间", \
		"a log-in ends after this time in any case") \
	X(strong_for, TIME, "15min", 30, 86400, RELOAD, "动态验证码输入后多久内有效", \
		"how long a one-time code counts after it was shown") \
	X(lock_after, INT, "5", 1, 100, RELOAD, "连续输错几次密码后锁定", \
		"wrong passwords in a row until the account is locked") \
	X(lock_for, TIME, "30min", 10, 604800, RELOAD, "锁定多久", "how long it stays locked") \
	X(password_days, INT, "90", 1, 3650, RELOAD, "密码最长用多少天", \
		"days until a password must be changed") \
	X(visit_for, TIME, "30min", 60, 86400, RELOAD, "居民输入姓名和证件号码后多久内有效", \
		"how long a resident's visit lasts") \
	X(rate_address, INT, "1200", 0, 100000000, RELOAD, "同一地址每分钟的请求数；0：不限", \
		"requests of one address a minute; 0: no limit") \
	X(rate_login, INT, "20", 0, 100000000, RELOAD, "同一地址每分钟的登录次数；0：不限", \
		"log-ins of one address a minute; 0: no limit") \
	X(rate_lookup, INT, "60", 0, 100000000, RELOAD, \
		"同一地址每分钟按姓名和号码的查询数；0：不限", \
		"look-ups by name and number of one address a minute; 0: no limit") \
	X(rate_account, INT, "1200", 0, 100000000, RELOAD, "同一账号每分钟的请求数；0：不限", \
		"requests of one account a minute; 0: no limit") \
	X(rate_document, INT, "20", 0, 100000000, RELOAD, "同一证件号码每小时的查询数；0：不限", \
		"look-ups of one document number an hour; 0: no limit") \
	X(export_rows_max, INT, "50000", 1, 2000000, RELOAD, "一次导出的行数上限", \
		"rows of one export") \
	X(sim_url, TEXT, "", 0, 0, FIXED, "支付页面的地址（模拟渠道）；空：没有网上支付", \
		"address of the payment page (the simulated channel); empty: no paying online") \
	X(oidc_issuer, TEXT, "", 0, 0, FIXED, \
		"统一身份认证（OpenID Connect）的签发地址；空：不用", \
		"issuer of the county's OpenID Connect provider; empty: none") \
	X(oidc_client_id, TEXT, "", 0, 0, FIXED, "在统一身份认证的应用标识", "client id there") \
	X(oidc_client_secret_file, TEXT, "", 0, 0, FIXED, "应用密钥所在的文件", \
		"file that holds the client's secret") \
	X(oidc_redirect, TEXT, "", 0, 0, FIXED, "认证后返回的地址", \
		"address to which the provider sends back") \
	X(demo, FLAG, "no", 0, 0, FIXED, "演示：页面上注明，允许固定日期", \
		"a demonstration: the pages say so, and the day may be fixed") \
	X(clock, DAY, "", 0, 0, FIXED, "固定的日期，时间照走；只在演示时可用", \
		"a fixed day, the time of day runs on; for demonstrations only")

enum setting_kind {
	SETTING_TEXT,
	SETTING_INT,
	SETTING_FLAG,
	SETTING_TIME,
	SETTING_SIZE,
	SETTING_DAY
};

/* Numbers may be reloaded while workers read them. */
#define SETTING_C_TEXT(name) char name[SETTING_TEXT_MAX]
#define SETTING_C_INT(name) _Atomic int64_t name
#define SETTING_C_FLAG(name) bool name
#define SETTING_C_TIME(name) _Atomic int64_t name
#define SETTING_C_SIZE(name) _Atomic int64_t name
#define SETTING_C_DAY(name) day_t name

struct settings {
#define X(name, kind, value, low, high, reload, zh, en) SETTING_C_##kind(name);
	SETTINGS(X)
#undef X
};

/* Every setting at its default. */
void settings_init(struct settings *s);
/* Set one; FAULT_FORMAT with `err` naming the setting, or its nearest match when there is none. */
MUST_USE int settings_set(struct settings *s, struct str name, struct str value, struct err *err);
/* "name=value" of the command line. */
MUST_USE int settings_set_pair(struct settings *s, const char *pair, struct err *err);
/* Lay a file over `s`; what is wrong is told as file:line.  FAULT_IO, FAULT_LIMIT, FAULT_FORMAT. */
MUST_USE int settings_read(struct settings *s, const char *path, struct err *err);
/* What only the whole tells: a foreign address without a proxy, a fixed day without `demo`, … */
MUST_USE int settings_check(const struct settings *s, struct err *err);
/* Take over from `fresh` what may be reloaded; appends the names that differ but need a new start
 * to `ret_kept`, with blanks between them. */
void settings_reload(struct settings *s, const struct settings *fresh, struct buf *ret_kept);
/* As a canbao.conf, each with its comment. */
void settings_print(const struct settings *s, bool english, struct buf *b);
/* As the table of docs/settings.md. */
void settings_markdown(struct buf *b);
/* "127.0.0.1:8080", "[::1]:8080".  `ret_host` without brackets. */
MUST_USE bool settings_address(
	const char *listen, char ret_host[64], uint16_t *ret_port, bool *ret_loopback);

#endif
