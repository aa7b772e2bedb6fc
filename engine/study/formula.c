/* formula.c - a formula worked out; see formula.h */
#include "study/formula.h"

#include "base/text.h"
#include "config/config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct cx_formula_node *root_of(const struct cx_formula *f) {
    return &f->node[f->root];
}

bool cx_formula_is_claim(const struct cx_formula *f) { return root_of(f)->kind >= CX_TERM_LESS; }

const char *cx_formula_sign(const struct cx_formula *f) {
    static const char *const signs[] = {"<", "<=", ">", ">="};
    return cx_formula_is_claim(f) ? signs[root_of(f)->kind - CX_TERM_LESS] : "";
}

static bool is_plain(const struct cx_amount *a) { return strcmp(a->unit, "1") == 0; }

/* Puts b into the unit of a; a plain number takes the unit of the other, so that "gain > 0" can be said. */
static enum cx_status agree(struct cx_amount *a, struct cx_amount *b, struct cx_error *e) {
    char number[32], text[80];
    struct cx_error unheard;
    if (strcmp(a->unit, b->unit) == 0) return CX_OK;
    if (is_plain(a)) memcpy(a->unit, b->unit, sizeof a->unit);
    if (is_plain(b)) memcpy(b->unit, a->unit, sizeof b->unit);
    if (strcmp(a->unit, b->unit) == 0) return CX_OK;
    cx_number_write(isfinite(b->value) ? b->value : 0, number);
    snprintf(text, sizeof text, "%s %s", number, b->unit);
    double value = 0;
    if (cx_quantity_read(text, a->unit, &value, &unheard) == CX_OK) {
        if (isfinite(b->value)) b->value = value;
        memcpy(b->unit, a->unit, sizeof b->unit);
        return CX_OK;
    }
    cx_fail(e, CX_CONFIG, 153, "'%s' and '%s' cannot be set against each other", a->unit, b->unit);
    cx_hint(e, "compare like with like, or divide each by a value of its own unit");
    return CX_CONFIG;
}

/* What has a unit times what has one has a unit that nobody named; a ratio of the same is a plain number. */
static enum cx_status scale(struct cx_amount *a, struct cx_amount *b, bool over,
                            struct cx_error *e) {
    if (!is_plain(a) && !is_plain(b)) {
        if (!over)
            return cx_fail(e, CX_CONFIG, 153, "'%s' times '%s' is a unit without a name", a->unit,
                           b->unit);
        CX_TRY(agree(a, b, e));
        memcpy(a->unit, "1", 2);
    } else if (!is_plain(b)) {
        if (over)
            return cx_fail(e, CX_CONFIG, 153, "a number divided by '%s' has no name", b->unit);
        memcpy(a->unit, b->unit, sizeof a->unit);
    }
    a->value = over ? a->value / b->value : a->value * b->value;
    return CX_OK;
}

static enum cx_status work_out(const struct cx_formula *f, int node,
                               const struct cx_formula_source *s, struct cx_amount *out,
                               struct cx_error *e) {
    const struct cx_formula_node *n = &f->node[node];
    struct cx_amount right;
    if (n->kind < CX_TERM_NUMBER) return s->ask(s->user, n, out, e);
    if (n->kind == CX_TERM_NUMBER) {
        out->value = n->number;
        cx_text_copy(out->unit, sizeof out->unit, n->name);
        return CX_OK;
    }
    CX_TRY(work_out(f, n->left, s, out, e));
    CX_TRY(work_out(f, n->right, s, &right, e));
    if (n->kind == CX_TERM_TIMES || n->kind == CX_TERM_OVER)
        return scale(out, &right, n->kind == CX_TERM_OVER, e);
    CX_TRY(agree(out, &right, e));
    out->value += n->kind == CX_TERM_PLUS ? right.value : -right.value;
    return CX_OK;
}

enum cx_status cx_formula_value(const struct cx_formula *f, const struct cx_formula_source *s,
                                struct cx_amount out[2], struct cx_error *e) {
    if (!cx_formula_is_claim(f)) return work_out(f, f->root, s, &out[0], e);
    CX_TRY(work_out(f, root_of(f)->left, s, &out[0], e));
    CX_TRY(work_out(f, root_of(f)->right, s, &out[1], e));
    return agree(&out[0], &out[1], e);
}

bool cx_formula_holds(const struct cx_formula *f, const struct cx_amount side[2]) {
    switch (root_of(f)->kind) {
    case CX_TERM_LESS: return side[0].value < side[1].value;
    case CX_TERM_LESS_SAME: return side[0].value <= side[1].value;
    case CX_TERM_MORE: return side[0].value > side[1].value;
    case CX_TERM_MORE_SAME: return side[0].value >= side[1].value;
    default: return false;
    }
}
