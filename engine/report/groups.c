/* groups.c - which series belong together (declared in courses.h). */
#include "report/courses.h"

#include <string.h>

/* First word found in the name decides. */
static const struct {
    const char *word;
    enum cx_group group;
} words[] = {
    {"pdgf", CX_SIGNALS},        {"tgf", CX_SIGNALS},         {"vegf", CX_SIGNALS},
    {"kgf", CX_SIGNALS},         {"mmp", CX_SIGNALS},         {"timp", CX_SIGNALS},
    {"oxygen", CX_SIGNALS},      {"growth", CX_SIGNALS},      {"collagen", CX_MATRIX},
    {"elast", CX_MATRIX},        {"fibrin", CX_MATRIX},       {"fibronectin", CX_MATRIX},
    {"hyalur", CX_MATRIX},       {"align", CX_MATRIX},        {"strength", CX_MATRIX},
    {"stiff", CX_MATRIX},        {"density", CX_MATRIX},      {"scar", CX_MATRIX},
    {"cross", CX_MATRIX},        {"provisional", CX_MATRIX},  {"clot", CX_MATRIX},
    {"matrix", CX_MATRIX},       {"synthesis", CX_MATRIX},    {"iii", CX_MATRIX},
    {"lesion", CX_MATRIX},       {"fibroblast", CX_CELLS},    {"endothel", CX_CELLS},
    {"vessel", CX_CELLS},        {"capillar", CX_CELLS},      {"barrier", CX_SKIN},
    {"tewl", CX_SKIN},           {"leak", CX_SKIN},           {"imped", CX_SKIN},
    {"conduct", CX_SKIN},        {"calcein", CX_SKIN},        {"channel", CX_SKIN},
    {"epiderm", CX_SKIN},        {"epithel", CX_SKIN},        {"cover", CX_SKIN},
    {"closure", CX_SKIN},        {"keratin", CX_SKIN},        {"melan", CX_SKIN},
    {"pigment", CX_SKIN},        {"bacter", CX_SKIN},         {"infect", CX_SKIN},
    {"relief", CX_SKIN},         {"wrinkle", CX_SKIN},        {"pore", CX_SKIN},
    {"thick", CX_SKIN},          {"depression", CX_SKIN},     {"support", CX_SKIN},
    {"damage", CX_INFLAMMATION}, {"neutro", CX_INFLAMMATION}, {"macroph", CX_INFLAMMATION},
    {"m1", CX_INFLAMMATION},     {"m2", CX_INFLAMMATION},     {"il1", CX_INFLAMMATION},
    {"il6", CX_INFLAMMATION},    {"tnf", CX_INFLAMMATION},    {"cytokine", CX_INFLAMMATION},
    {"inflam", CX_INFLAMMATION}, {"eryth", CX_INFLAMMATION},  {"redness", CX_INFLAMMATION},
    {"pain", CX_INFLAMMATION},   {"leuko", CX_INFLAMMATION},  {"oedema", CX_INFLAMMATION},
    {"cell", CX_CELLS},
};

enum cx_group cx_group_of(const char *series) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(series, words[i].word)) return words[i].group;
    return CX_OTHER;
}

const char *cx_group_title(enum cx_group g) {
    static const char *const titles[CX_GROUP_COUNT] = {
        [CX_INFLAMMATION] = "Inflammation", [CX_SIGNALS] = "Signals",
        [CX_CELLS] = "Cells and vessels",   [CX_MATRIX] = "Matrix",
        [CX_SKIN] = "Barrier and skin",     [CX_OTHER] = "Others",
    };
    return titles[g];
}
