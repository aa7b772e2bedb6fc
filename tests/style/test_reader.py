"""The reader that the other style tests stand on: does it see what is there?"""

import house

CODE = r'''
#define ROWS(X) \
    X(a, "}") \
    X(b, "{")
/* int not_a_function(void) { */
struct row { int a; char *b; };
static const struct row rows[] = {{1, "{"}, {2, "}"}};
enum { A, B };
static int first(void) { return '{'; }
__attribute__((noinline)) static double
second(const double *u, int n, void (*call)(int, int)) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
        if (u[i] > 0) {
            while (sum < 1) { sum += u[i]; } // }
        } else {
            sum = (struct row){.a = 1}.a;
        }
    }
    return sum;
}
'''


def main():
    wrong = []

    def check(what, is_, should):
        if is_ != should:
            wrong.append(f"{what}: {is_!r} is not {should!r}")

    found = {f.name: f for f in house.functions(CODE)}
    check("functions", sorted(found), ["first", "second"])
    check("lines of first", found["first"].lines, 1)
    check("lines of second", found["second"].lines, 12)
    check("line of second", found["second"].line, 10)
    check("arguments", (found["first"].arguments, found["second"].arguments), (0, 3))
    check("nesting", (found["first"].nesting, found["second"].nesting), (0, 3))
    check("comments", len(house.comment_lines(CODE)), 2)
    check("lines kept", house.without_comments(CODE).count("\n"), CODE.count("\n"))
    check("files", "engine/model.h" in house.files("engine"), True)
    house.finish(wrong, "9 properties of the reader")


main()
