/* SPDX-License-Identifier: Apache-2.0 */
/* 缴费凭证 the receipt of a paid order, A5: who (masked), how much, from when covered, by which
 * clause helped, and a QR code that leads to the order itself (SQ-35).  Fonts are embedded, of each
 * only the characters that are used. */
#include <cairo-pdf.h>
#include <malloc.h>
#include <pango/pangocairo.h>
#include <pthread.h>

#include "acts/name_mask.h"
#include "acts/person_ruling.h"
#include "acts/take_payment.h"
#include "base/money_zh.h"
#include "doors/http/http_office.h"
#include "doors/http/http_resident.h"
#include "doors/http/service.h"

#define WIDTH 419.5 /* A5 in points */
#define HEIGHT 595.3
#define FAMILY 3 /* people that fit; each further one makes the page longer */
#define EACH 44.0
#define MARGIN 32.0
#define FONT "Noto Sans CJK SC, Noto Sans CJK, sans-serif"

/* One map of fonts for all threads: each would take tens of megabytes of its own. */
static PangoFontMap *fonts;
static pthread_mutex_t fonts_lock = PTHREAD_MUTEX_INITIALIZER;

struct sheet_page {
	struct request *rq;
	const struct pack *p;
	const struct order_view *v;
	cairo_t *cr;
	PangoContext *context;
	double y, height;
};

static cairo_status_t keep(void *closure, const unsigned char *data, unsigned int n)
{
	struct buf *b = closure;

	buf_add(b, (struct str){ (const char *)data, n });
	return buf_bad(b) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

enum align { LEFT, CENTRE, RIGHT };

/* One paragraph at x, `width` wide; gives its height. */
static double put(struct sheet_page *g, double x, double y, double width, double size,
	enum align align, struct str text)
{
	PangoLayout *l = pango_layout_new(g->context);
	PangoFontDescription *f = pango_font_description_from_string(FONT);
	int height;

	pango_font_description_set_absolute_size(f, size * PANGO_SCALE);
	pango_layout_set_font_description(l, f);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(l, align == LEFT     ? PANGO_ALIGN_LEFT
				      : align == CENTRE ? PANGO_ALIGN_CENTER
							: PANGO_ALIGN_RIGHT);
	pango_layout_set_text(l, text.p ? text.p : "", (int)text.n);
	cairo_move_to(g->cr, x, y);
	pango_cairo_show_layout(g->cr, l);
	pango_layout_get_size(l, NULL, &height);
	pango_font_description_free(f);
	g_object_unref(l);
	return (double)height / PANGO_SCALE;
}

static void rule_off(struct sheet_page *g)
{
	cairo_set_line_width(g->cr, 0.6);
	cairo_move_to(g->cr, MARGIN, g->y);
	cairo_line_to(g->cr, WIDTH - MARGIN, g->y);
	cairo_stroke(g->cr);
	g->y += 6;
}

/* "label   text" on a line of its own. */
static void field(struct sheet_page *g, const char *label, struct str text)
{
	double a = put(g, MARGIN, g->y, 70, 9, LEFT, str_of(label));
	double b = put(g, MARGIN + 74, g->y, WIDTH - 2 * MARGIN - 74, 9, LEFT, text);

	g->y += (a > b ? a : b) + 3;
}

static struct str yuan(struct sheet_page *g, int64_t fen)
{
	struct buf b;
	struct str s;

	buf_init(&b, 64);
	buf_addz(&b, "￥");
	money_print(&b, (struct money){ fen }, false);
	s = arena_str(g->rq->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct str in_words(struct sheet_page *g, int64_t fen)
{
	struct buf b;
	struct str s;

	buf_init(&b, 256);
	money_print_zh(&b, (struct money){ fen });
	s = arena_str(g->rq->arena, buf_str(&b));
	buf_release(&b);
	return s;
}

static struct str instant(struct sheet_page *g, int64_t at)
{
	int64_t local = at + 8 * 3600;
	int second = (int)(local % 86400);
	char day[11];

	day_text((day_t)(local / 86400), day);
	return arena_printf(g->rq->arena, "%s %02d:%02d:%02d", day, second / 3600, second / 60 % 60,
		second % 60);
}

static const char *why_waits(struct str reason)
{
	for (int i = 0; i < SUSPENSE_REASON_COUNT; i++)
		if (str_is(reason, suspense_code((enum suspense_reason)i)))
			return suspense_zh((enum suspense_reason)i);
	return "原因待查";
}

/* The category that helped, with its amount and clause; {NULL,0} when none did. */
static struct str helped(struct sheet_page *g, const struct order_line *l)
{
	int c = l->category.n ? pack_category_by_code(g->p, l->category) : -1;
	struct buf b;
	struct str s, clause;

	if (c < 0 || l->subsidy_fen == 0)
		return (struct str){ NULL, 0 };
	clause = basis_clause(g->p, g->p->categories[c].basis);
	buf_init(&b, 64);
	money_print(&b, (struct money){ l->subsidy_fen }, true);
	s = arena_printf(g->rq->arena, "%.*s，资助 %.*s 元，依据通知 %.*s",
		STR_ARG(g->p->categories[c].name), STR_ARG(buf_str(&b)), STR_ARG(clause));
	buf_release(&b);
	return s;
}

static void put_payer(struct sheet_page *g, const struct order_line *l)
{
	struct arena *a = g->rq->arena;
	struct str help = helped(g, l), note;
	char from[11], to[11];
	double w = WIDTH - 2 * MARGIN;

	put(g, MARGIN, g->y, w * 0.3, 10, LEFT, name_mask(a, l->name));
	put(g, MARGIN + w * 0.3, g->y, w * 0.45, 8, LEFT,
		l->receipt ? receipt_label(a, l->receipt_series, l->receipt)
			   : STR("待查，未开凭证"));
	g->y += put(g, MARGIN + w * 0.75, g->y, w * 0.25, 10, RIGHT, yuan(g, l->fen));
	if (l->benefit_from != DAY_NONE) {
		day_text(l->benefit_from, from);
		day_text(l->benefit_to, to);
		note = arena_printf(a, "待遇期 %s 至 %s", from, to);
	} else {
		note = arena_printf(a, "款项待查：%s；原路退回或转入前请凭订单号咨询乡镇医保办",
			l->reason.p ? why_waits(l->reason) : "原因待查");
	}
	g->y += put(g, MARGIN, g->y, w, 8, LEFT, note);
	if (help.p)
		g->y += put(g, MARGIN, g->y, w, 8, LEFT, help);
	g->y += 5;
}

static int put_qr(struct sheet_page *g, struct str url)
{
	const double side = 84, x = WIDTH - MARGIN - side, y = g->height - MARGIN - side - 12;
	unsigned char *m;
	int n, rc = qr_modules(url, g->rq->arena, &m, &n);

	if (rc < 0)
		return rc;
	for (int i = 0; i < n; i++)
		for (int k = 0; k < n; k++)
			if (m[i * n + k])
				cairo_rectangle(g->cr, x + k * side / n, y + i * side / n,
					side / n + 0.02, side / n + 0.02);
	cairo_fill(g->cr);
	put(g, x - 10, y + side + 3, side + 20, 8, CENTRE, STR("扫码核对本凭证"));
	put(g, MARGIN, y + 20, WIDTH - 2 * MARGIN - side - 16, 8, LEFT,
		STR("本凭证由参保缴费系统生成，姓名已脱敏。真伪以扫码所见的订单为准。\n"
		    "This receipt was made by the enrolment system; scan the code to check it."));
	return 0;
}

static void put_page(struct sheet_page *g)
{
	const struct order *o = &g->v->order;
	struct arena *a = g->rq->arena;
	double w = WIDTH - 2 * MARGIN;

	if (g->rq->service->settings.demo)
		put(g, MARGIN, 12, w, 8, CENTRE, STR("演示数据，不是真实缴费 DEMONSTRATION"));
	g->y += put(g, MARGIN, g->y, w, 15, CENTRE, STR("城乡居民基本医疗保险缴费凭证")) + 2;
	g->y += put(g, MARGIN, g->y, w, 10, CENTRE,
			arena_printf(a, "%.*s　%d年度", STR_ARG(g->p->region_name),
				(int)g->p->benefit_year)) +
		8;
	rule_off(g);
	for (size_t i = 0; i < g->v->n; i++)
		put_payer(g, &g->v->lines[i]);
	rule_off(g);
	field(g, "合计", yuan(g, o->fen));
	field(g, "大写", in_words(g, o->fen));
	field(g, "缴费渠道", g->v->channel_name);
	field(g, "缴费时间", instant(g, o->paid_at));
	field(g, "渠道流水号", o->serial);
	field(g, "订单号", o->number);
	field(g, "政策文号", g->p->document_no);
}

int receipt_pdf(
	struct request *rq, const struct order_view *v, struct str check_url, struct buf *ret_pdf)
{
	struct sheet_page g = { .rq = rq, .p = rq->service->policy.pack, .v = v, .y = MARGIN };
	cairo_surface_t *surface;
	cairo_status_t status;
	int rc;

	pthread_mutex_lock(&fonts_lock);
	if (!fonts)
		fonts = pango_cairo_font_map_new();
	g.height = HEIGHT + (v->n > FAMILY ? (double)(v->n - FAMILY) * EACH : 0);
	surface = cairo_pdf_surface_create_for_stream(keep, ret_pdf, WIDTH, g.height);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, "缴费凭证");
	g.cr = cairo_create(surface);
	g.context = pango_font_map_create_context(fonts);
	put_page(&g);
	rc = put_qr(&g, check_url);
	cairo_show_page(g.cr);
	g_object_unref(g.context);
	cairo_destroy(g.cr);
	cairo_surface_finish(surface);
	status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	/* Cutting the font down took 20 MB for a moment, which each worker's heap would keep. */
	malloc_trim(0);
	pthread_mutex_unlock(&fonts_lock);
	if (rc < 0)
		return rc;
	return status == CAIRO_STATUS_SUCCESS && !buf_bad(ret_pdf) ? 0 : FAULT_MEMORY;
}
