/* The smallest program that uses the installed library: one scenario, changed, run, and one number of it. */
#include <cicatrix.h>
#include <stdio.h>

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    struct cicatrix_scenario *s = cicatrix_scenario_create(argv[1]);
    struct cicatrix_result *r = NULL;
    struct cicatrix_error e = {0};
    cicatrix_scenario_set(s, "time.end", "6 h");
    if (cicatrix_scenario_check(s)) {
        fputs(cicatrix_scenario_findings(s), stderr);
    } else if (cicatrix_run(s, &(struct cicatrix_options){.folder = argv[2]}, &r, &e)) {
        fprintf(stderr, "%s\n", e.text);
    }
    for (int i = 0; i < cicatrix_result_count(r); i++) {
        const struct cicatrix_outcome *o = cicatrix_result_outcome(r, i);
        printf("%s = %g %s\n", o->name, o->value, o->unit);
    }
    const int failed = !r;
    cicatrix_result_free(r);
    cicatrix_scenario_free(s);
    return failed;
}
