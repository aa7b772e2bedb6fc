"""Reference solutions of the problems of problem.h, by a method that shares nothing with the solvers under test.

On a box with closed sides the cosine transform turns the discrete diffusion operator into numbers, so diffusion and decay
are exact; p2's reactions are integrated beside them by ETDRK4 [Cox & Matthews 2002, 10.1006/jcph.2002.6995; contour integrals
of Kassam & Trefethen 2005, 10.1137/S1064827502410633] with steps that grow after the start.  The distance to a solution with
twice the steps, which is then the reference, is kept as a bound of its error (of order four: a fifteenth is nearer).
"""

import numpy as np
import scipy.fft

CELL = 20.0
LEAK, MAKE, DIVISION, BOOST, DEPOSIT, BREAKDOWN = 24.0, 0.2, 0.05, 2.0, 0.02, 0.005
OUTPUTS = {"p2": [1, 6, 24, 72, 168], "substrates_12": [0.05, 0.10, 0.15, 0.20, 0.25]}
FIELDS = {"p2": 3, "substrates_12": 12}


def dctn(x):
    return scipy.fft.dctn(x, norm="ortho", workers=-1)


def idctn(x):
    return scipy.fft.idctn(x, norm="ortho", workers=-1)


def decay_of_waves(n, diffusivity, decay):
    """Eigenvalues of diffusion minus decay in the cosine basis, [z, y, x]."""
    one = (2 * np.cos(np.pi * np.arange(n) / n) - 2) * diffusivity / CELL**2
    return one[:, None, None] + one[None, :, None] + one[None, None, :] - decay


def away(n, at):
    return (np.arange(n) + 0.5 - at * n) * CELL


def depots(n):
    x, sum_ = away(n, 0), 0
    for fx in (0.25, 0.75):
        for fy in (0.25, 0.75):
            sum_ = sum_ + np.exp(-(away(n, fx)[None, :] ** 2 + away(n, fy)[:, None] ** 2) / (2 * 40.0**2))
    depth = 0.5 * (1 + np.tanh(away(n, 0.5) / 40))
    return 20 * depth[:, None, None] * sum_[None, :, :]


def cells_at_start(n):
    i = np.arange(n) + 0.5
    return 0.2 + 0.1 * (np.cos(np.pi * i / n)[:, None, None] * np.cos(3 * np.pi * i / n)[None, :, None]
                        * np.cos(2 * np.pi * i / n)[None, None, :])


class Coefficients:
    """ETDRK4's functions of z = h L, averaged over a circle around z."""

    def __init__(self, L, h):
        values, where = np.unique(np.round(h * L, 12), return_inverse=True)
        z = values[:, None] + np.exp(1j * np.pi * (np.arange(1, 17) - 0.5) / 16)[None, :]
        self.whole, self.half = np.exp(h * L), np.exp(h * L / 2)

        def spread(f):
            return h * np.real(f.mean(axis=1))[where].reshape(L.shape)

        e = np.exp(z)
        self.q = spread((np.exp(z / 2) - 1) / z)
        self.f1 = spread((-4 - z + e * (4 - 3 * z + z**2)) / z**3)
        self.f2 = spread((2 + z + e * (-2 + z)) / z**3)
        self.f3 = spread((-4 - 3 * z - z**2 + e * (4 - z)) / z**3)


class P2:
    """State: cosine coefficients of signal and cells, and collagen, whose own decay is exact as well."""

    def __init__(self, n):
        self.depot = depots(n)
        self.L = [decay_of_waves(n, 3.6e5, 1.0), decay_of_waves(n, 360.0, 0.0), np.full((1, 1, 1), -BREAKDOWN)]
        self.v = [np.zeros((n, n, n)), dctn(cells_at_start(n)), np.zeros((n, n, n))]
        self.kept = {}

    def fields(self, v):
        return idctn(v[0]), idctn(v[1]), v[2]

    def reactions(self, v, t):
        c, n, q = self.fields(v)
        stimulus = c / (1 + c)
        return [dctn(self.depot * np.exp(-t / LEAK) + MAKE * n),
                dctn(DIVISION * (1 + BOOST * stimulus) * n * (1 - n)),
                DEPOSIT * n * stimulus * (1 - q)]

    def step(self, t, h):
        if h not in self.kept:
            self.kept = {h: [Coefficients(L, h) for L in self.L]}
        C, v = self.kept[h], self.v
        N0 = self.reactions(v, t)
        a = [c.half * x + c.q * n for c, x, n in zip(C, v, N0)]
        Na = self.reactions(a, t + h / 2)
        b = [c.half * x + c.q * n for c, x, n in zip(C, v, Na)]
        Nb = self.reactions(b, t + h / 2)
        d = [c.half * x + c.q * (2 * nb - n) for c, x, n, nb in zip(C, a, N0, Nb)]
        Nd = self.reactions(d, t + h)
        self.v = [c.whole * x + c.f1 * n + 2 * c.f2 * (na + nb) + c.f3 * nd
                  for c, x, n, na, nb, nd in zip(C, v, N0, Na, Nb, Nd)]


# Pieces of the week and the steps in them, for the coarser of the two references.
PIECES = [(0, 0.02, 5), (0.02, 1, 28), (1, 6, 25), (6, 24, 30), (24, 72, 40), (72, 168, 60)]


def p2(n, times):
    """Solutions [output, field, z, y, x] with `times` times the steps."""
    state, found = P2(n), []
    for start, end, steps in PIECES:
        h = (end - start) / (steps * times)
        for i in range(steps * times):
            state.step(start + i * h, h)
        if end in OUTPUTS["p2"]:
            found.append(np.stack(state.fields(state.v)))
    return np.stack(found)


def blob(n, q):
    x, y, z = away(n, 0.3 + 0.03 * q), away(n, 0.5), away(n, 0.6 - 0.02 * q)
    return 0.1 + np.exp(-(x[None, None, :] ** 2 + y[None, :, None] ** 2 + z[:, None, None] ** 2) / (2 * 80.0**2))


def substrates(n):
    found = np.empty((5, 12, n, n, n))
    for q in range(12):
        waves, L = dctn(blob(n, q)), decay_of_waves(n, 3.6e5 / (q + 1), 0.1 * (q + 1))
        for o, t in enumerate(OUTPUTS["substrates_12"]):
            found[o, q] = idctn(np.exp(L * t) * waves)
    return found


def distance(a, b):
    """Largest over outputs and fields of |a - b| / |b|, root mean square over cells."""
    fields = a.reshape(a.shape[0] * a.shape[1], -1), b.reshape(b.shape[0] * b.shape[1], -1)
    return max(float(np.linalg.norm(x - y) / np.linalg.norm(y)) for x, y in zip(*fields))


def solution(problem, n, cache):
    """(solution, its own error), from the folder `cache` if it is there already."""
    path = cache / f"reference_{problem}_{n}.npz"
    if path.exists():
        kept = np.load(path)
        return kept["solution"], float(kept["error"])
    if problem == "p2":
        coarse, fine = p2(n, 1), p2(n, 2)
        found, error = fine, distance(coarse, fine)
    else:
        found, error = substrates(n), 0.0
    cache.mkdir(parents=True, exist_ok=True)
    np.savez(path, solution=found, error=error)
    return found, error


def error_of(path, problem, n, reference):
    """Error of a solution file, or None if it is not complete."""
    raw = np.fromfile(path)
    shape = (len(OUTPUTS[problem]), FIELDS[problem], n, n, n)
    return distance(raw.reshape(shape), reference) if raw.size == np.prod(shape) else None
