/* gallery.c - the page of a gallery (see gallery.h). */
#include "report/gallery.h"

#include "base/file.h"
#include "report/assets.h"
#include "report/plot.h"
#include "report/story.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEYS = 4 };

/* "4.6 s", "2 min 5 s" */
static void seconds_text(double seconds, char out[CX_WORD]) {
    if (seconds < 9.95)
        snprintf(out, CX_WORD, "%.1f s", seconds);
    else if (seconds < 119.5)
        snprintf(out, CX_WORD, "%.0f s", seconds);
    else
        snprintf(out, CX_WORD, "%d min %d s", (int)(seconds / 60), (int)fmod(seconds, 60));
}

static int count(const struct cx_gallery *g, bool (*holds)(const struct cx_gallery_entry *)) {
    int n = 0;
    for (int i = 0; i < g->n; i++) n += holds(&g->at[i]);
    return n;
}

static void put_head(struct cx_text *p) {
    cx_text_add(p, "<!doctype html>\n<html lang=en><head><meta charset=utf-8>");
    cx_page_policy(p, cx_gallery_script_text);
    cx_text_add(p, "<meta name=viewport content='width=device-width,initial-scale=1'><meta "
                   "name=generator content='Cicatrix'><title>Cicatrix gallery</title>\n");
    cx_page_style(p);
    cx_text_add(p,
                "<style>%s</style></head><body>"
                "<a class=skip href='#cards'>Skip to the scenarios</a>\n",
                cx_gallery_sheet_text);
}

static void put_summary(struct cx_text *p, const struct cx_gallery *g) {
    double seconds = 0;
    int runs = 0, failed = 0, studies = 0, threads = 0;
    char took[CX_WORD];
    for (int i = 0; i < g->n; i++) {
        const struct cx_gallery_entry *a = &g->at[i];
        runs += a->here;
        studies += a->study;
        failed += a->failure.status != CX_OK;
        if (a->here) seconds += a->seconds;
        if (a->here && a->threads > threads) threads = a->threads;
    }
    seconds_text(seconds, took);
    cx_text_add(p,
                "<header><div><div class=eyebrow>Cicatrix gallery</div><h1>Wounds and needles, "
                "simulated</h1><p class=finding>How skin answers to microneedling, and to a few "
                "wounds without needles: %d scenarios to look at, to copy and to change.</p>"
                "<p class=sub>%d run%s simulated in %s of wall time, at most %d thread%s each",
                runs + failed, runs, runs == 1 ? "" : "s", took, threads, threads == 1 ? "" : "s");
    if (studies) cx_text_add(p, " · %d stud%s", studies, studies == 1 ? "y" : "ies");
    if (failed) cx_text_add(p, " · %d failed", failed);
    cx_text_add(p, " · Cicatrix ");
    cx_page_text(p, g->version);
    cx_text_add(p, ", commit ");
    cx_page_text(p, g->commit);
    cx_text_add(p, "</p><p class=context>A research and teaching tool. No clinical validity is "
                   "claimed; nothing here may guide the treatment of a person.</p>"
                   "</div></header>\n");
}

/* Without a script all cards show and the bar stays hidden. */
static void put_filters(struct cx_text *p, const struct cx_gallery *g) {
    cx_text_add(p,
                "<div id=bar class=bar hidden><div><div role=group aria-label='Show' id=tags>"
                "<button type=button data-tag='' aria-pressed=true>All <span>%d</span></button>",
                g->n);
    for (const struct cx_gallery_tag *t = cx_gallery_tags; t->id; t++) {
        const int n = count(g, t->holds);
        if (n)
            cx_text_add(p,
                        "<button type=button data-tag=%s aria-pressed=false>%s "
                        "<span>%d</span></button>",
                        t->id, t->label, n);
    }
    cx_text_add(p, "</div><label class=find><span class=off>Search</span><input id=find "
                   "type=search placeholder='Search, key /' autocomplete=off></label>"
                   "<output id=said class=off aria-live=polite></output></div></div>\n<main "
                   "id=cards><div class=shots>\n");
}

static void put_tags(struct cx_text *p, const struct cx_gallery_entry *a) {
    bool first = true;
    cx_text_add(p, " data-tags='");
    for (const struct cx_gallery_tag *t = cx_gallery_tags; t->id; t++) {
        if (!t->holds(a)) continue;
        cx_text_add(p, "%s%s", first ? "" : " ", t->id);
        first = false;
    }
    cx_text_add(p, "'");
}

/* "axisymmetric · 36 × 34 cells · 84 days · 1 session" */
static void put_size(struct cx_text *p, const struct cx_plot_source *s) {
    const struct cx_result *r = &s->result;
    char days[CX_WORD];
    bool first = true;
    cx_number_text(r->frames ? r->time_day[r->frames - 1] : 0, days);
    cx_text_add(p, "<p class=size><b>");
    cx_page_text(p, r->geometry);
    cx_text_add(p, "</b> · ");
    for (int d = 0; d < 3; d++) {
        if (r->shape[d] < 2) continue;
        cx_text_add(p, "%s%d", first ? "" : " × ", r->shape[d]);
        first = false;
    }
    cx_text_add(p, "%s · %s days", first ? "1 cell" : " cells", days);
    if (s->record.sessions)
        cx_text_add(p, " · %d session%s", s->record.sessions, s->record.sessions == 1 ? "" : "s");
    cx_text_add(p, "</p>");
}

/* How many published numbers stand beside the simulated ones. */
static void put_observed(struct cx_text *p, const struct cx_record *r) {
    int judged = 0, agree = 0;
    for (int i = 0; i < r->o.observed_count; i++) {
        judged += r->o.observed[i].agrees != CX_AGREES_UNKNOWN;
        agree += r->o.observed[i].agrees == CX_AGREES_YES;
    }
    if (!r->o.observed_count) return;
    cx_text_add(p, "<div><dt>Published numbers</dt><dd>%d of %d agree", agree, judged);
    if (judged < r->o.observed_count)
        cx_text_add(p, ", %d not judged", r->o.observed_count - judged);
    cx_text_add(p, "</dd></div>");
}

static void put_words(struct cx_text *p, const struct cx_gallery_entry *a) {
    cx_text_add(p, "<h2>");
    cx_page_text(p, *a->title ? a->title : a->name);
    cx_text_add(p, "</h2>");
    if (!*a->about) return;
    cx_text_add(p, "<p class=about>");
    cx_page_text(p, a->about);
    cx_text_add(p, "</p>");
}

static void put_command(struct cx_text *p, const struct cx_gallery_entry *a) {
    cx_text_add(p, "<div class=cmd><code tabindex=0>");
    cx_page_text(p, a->command);
    cx_text_add(p, "</code><button type=button class=copy hidden>Copy</button></div>");
}

static void put_run_time(struct cx_text *p, const struct cx_gallery *g,
                         const struct cx_gallery_entry *a) {
    char took[CX_WORD], path[700];
    seconds_text(a->seconds, took);
    snprintf(path, sizeof path, "%.500s/runs/%.127s/report.html", g->folder, a->name);
    cx_text_add(p, "<p class=foot><span>Simulated in %s, %d thread%s</span>", took, a->threads,
                a->threads == 1 ? "" : "s");
    if (cx_file_exists(path)) {
        cx_text_add(p, "<a href='runs/");
        cx_page_text(p, a->name);
        cx_text_add(p, "/report.html'>Full report</a>");
    }
    cx_text_add(p, "</p>");
}

/* A picture that cannot be drawn says why in its place. */
static void put_picture(struct cx_text *p, const struct cx_gallery_entry *a,
                        const struct cx_plot_source *s, const char *folder) {
    struct cx_text made = {0};
    struct cx_error why = {0};
    if (cx_gallery_picture(&made, a, s, folder, &why) == CX_OK && !made.starved) {
        cx_text_add(p, "%s", made.at ? made.at : "");
    } else {
        cx_text_add(p, "<figure class=none><p>");
        cx_page_text(p, why.text);
        cx_text_add(p, "</p></figure>");
    }
    free(made.at);
}

static void put_done(struct cx_text *p, const struct cx_gallery *g,
                     const struct cx_gallery_entry *a, const struct cx_plot_source *s) {
    char folder[700];
    snprintf(folder, sizeof folder, "%.500s/runs/%.127s", g->folder, a->name);
    put_picture(p, a, s, folder);
    cx_text_add(p, "<div class=text>");
    put_words(p, a);
    put_size(p, s);
    cx_text_add(p, "<dl>");
    cx_story_keys(p, &s->record, KEYS);
    put_observed(p, &s->record);
    cx_text_add(p, "</dl>");
    put_command(p, a);
    put_run_time(p, g, a);
    cx_text_add(p, "</div>");
}

/* A study is listed; a run that failed says so in the words of its error. */
static void put_plain(struct cx_text *p, const struct cx_gallery_entry *a,
                      const struct cx_error *why) {
    cx_text_add(p, "<div class=text>");
    if (a->study) cx_text_add(p, "<p class=kind>Study, not run here</p>");
    if (why->status) cx_text_add(p, "<p class='kind bad'>Failed</p>");
    put_words(p, a);
    if (*a->facts) {
        cx_text_add(p, "<p class=size>");
        cx_page_text(p, a->facts);
        cx_text_add(p, "</p>");
    }
    if (why->status) {
        cx_text_add(p, "<p class=why>");
        if (why->file[0] && why->line) {
            cx_page_text(p, why->file);
            cx_text_add(p, ":%d:%d: ", why->line, why->column);
        }
        if (why->code) cx_text_add(p, "E%03d: ", why->code);
        cx_page_text(p, why->text);
        cx_text_add(p, "</p>");
    }
    put_command(p, a);
    cx_text_add(p, "</div>");
}

/* Results that cannot be read make the card a failed one. */
static enum cx_status put_card(struct cx_text *p, const struct cx_gallery *g,
                               const struct cx_gallery_entry *a, struct cx_error *e) {
    char folder[700];
    struct cx_error why = a->failure;
    struct cx_plot_source *s = calloc(1, sizeof *s);
    if (!s) return cx_fail(e, CX_STORAGE, 61, "no memory for the gallery");
    snprintf(folder, sizeof folder, "%.500s/runs/%.127s", g->folder, a->name);
    const bool shown = a->here && cx_plot_open(s, folder, &why) == CX_OK;
    cx_text_add(p, "<article id='");
    cx_page_text(p, a->name);
    cx_text_add(p, "' class='shot%s'", shown ? "" : " flat");
    put_tags(p, a);
    cx_text_add(p, ">");
    if (shown) {
        put_done(p, g, a, s);
        cx_plot_close(s);
    } else {
        put_plain(p, a, &why);
    }
    cx_text_add(p, "</article>\n");
    free(s);
    return CX_OK;
}

/* Runs stand in the order of the filters, first steps first; then studies, then what failed. */
static int rank(const struct cx_gallery_entry *a) {
    int tag = 0, tags = 0;
    while (cx_gallery_tags[tags].id) tags++;
    if (a->failure.status) return tags + 2;
    if (a->study) return tags + 1;
    while (tag < tags && !cx_gallery_tags[tag].holds(a)) tag++;
    return tag;
}

static enum cx_status put_cards(struct cx_text *p, const struct cx_gallery *g, struct cx_error *e) {
    int most = 0;
    for (int i = 0; i < g->n; i++) most = rank(&g->at[i]) > most ? rank(&g->at[i]) : most;
    for (int now = 0; now <= most; now++)
        for (int i = 0; i < g->n; i++)
            if (rank(&g->at[i]) == now) CX_TRY(put_card(p, g, &g->at[i], e));
    return CX_OK;
}

static enum cx_status put_page(struct cx_text *p, const void *gallery, struct cx_error *e) {
    const struct cx_gallery *g = gallery;
    put_head(p);
    put_summary(p, g);
    put_filters(p, g);
    CX_TRY(put_cards(p, g, e));
    cx_text_add(p, "</div><p id=none class=muted hidden>Nothing fits. <button type=button "
                   "id=again>Show all</button></p></main><footer><div>Each picture has one colour "
                   "scale for all its times, dashed lines are the limits of the layers of the "
                   "skin. Run times are wall times on the machine that made this page. "
                   "Made again with <code>");
    cx_page_text(p, g->command);
    cx_text_add(p,
                "</code>. A simulation is no measurement.</div></footer>\n<script>%s</script>"
                "</body></html>\n",
                cx_gallery_script_text);
    return CX_OK;
}

enum cx_status cx_gallery_write(const struct cx_gallery *g, struct cx_error *e) {
    const struct cx_page page = {g->folder, "gallery.html", "gallery", put_page, g};
    return cx_page_write(&page, NULL, e);
}
