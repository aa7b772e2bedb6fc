/* gallery_tags.c - what the entries of a gallery have in common: concern, device, purpose (declared in gallery.h). */
#include "report/gallery.h"

#include <string.h>
#include <strings.h>

/* Is a word in what the file says about itself? */
static bool says(const struct cx_gallery_entry *a, const char *word) {
    const size_t n = strlen(word);
    for (const char *at = a->title; *at; at++)
        if (strncasecmp(at, word, n) == 0) return true;
    return false;
}

static bool is_skin(const struct cx_gallery_entry *a) {
    return a->scenario && a->scenario->domain.layout == CX_LAYERED;
}

static bool is_scar(const struct cx_gallery_entry *a) {
    return is_skin(a) && a->scenario->skin.condition != CX_HEALTHY;
}

static bool is_sun(const struct cx_gallery_entry *a) {
    return is_skin(a) && !is_scar(a) && a->scenario->skin.photodamage > 0;
}

static bool is_wound(const struct cx_gallery_entry *a) {
    return a->scenario && a->scenario->wound.type != CX_NO_WOUND;
}

static bool is_healthy(const struct cx_gallery_entry *a) {
    return is_skin(a) && !is_scar(a) && !is_sun(a) && !is_wound(a);
}

static bool is_pen(const struct cx_gallery_entry *a) {
    return says(a, "pen ") || says(a, "pen,") ||
           (a->scenario && a->scenario->pattern.type == CX_PEN);
}

static bool is_roller(const struct cx_gallery_entry *a) {
    return says(a, "roller") || (a->scenario && a->scenario->pattern.type == CX_ROLLER);
}

static bool is_published(const struct cx_gallery_entry *a) {
    return a->scenario && a->scenario->observed_count > 0;
}

/* Short, one session, nothing special: where to begin. */
static bool is_first(const struct cx_gallery_entry *a) {
    const struct cx_scenario *s = a->scenario;
    return is_healthy(a) && !is_published(a) && s->time.end <= 28 * 24 &&
           s->treatment.sessions.n == 1;
}

static bool is_other(const struct cx_gallery_entry *a) {
    return a->scenario && strcmp(a->scenario->root.model, "microneedling") != 0;
}

static bool is_study(const struct cx_gallery_entry *a) { return a->study; }
static bool is_failed(const struct cx_gallery_entry *a) { return a->failure.status != CX_OK; }

const struct cx_gallery_tag cx_gallery_tags[] = {
    {"first", "First steps", is_first},   {"healthy", "Healthy skin", is_healthy},
    {"sun", "Sun-damaged skin", is_sun},  {"scars", "Scars and stretch marks", is_scar},
    {"wounds", "Wounds", is_wound},       {"pen", "Pen", is_pen},
    {"roller", "Roller", is_roller},      {"published", "Published protocols", is_published},
    {"models", "Other models", is_other}, {"studies", "Studies", is_study},
    {"failed", "Failed", is_failed},      {0},
};
