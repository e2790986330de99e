#!/usr/bin/env python3
"""Times learners that iterate, ours and those of metric-learn and pyDML, in turn on one thread, and judges both results by one
formula. Prints a Markdown table. Ours is the whole process on a CSV file of standardised rows, theirs only fit(), at their
defaults; a peer that does not answer in time is left alone.

usage: iterative.py [-r RUNS] [--limit SECONDS] [--only LEARNER,...] FOLDER   (maha's tools on PATH; FOLDER has wine.csv, ...)
"""
import argparse
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
from scipy.optimize import minimize_scalar
from sources import metric_learn, pydml, read

warnings.simplefilter("ignore")
SLOW = 10  # seconds: a fit that takes longer is run once


class Problem:
    """Standardised rows of a set, in memory and as CSV, and what is drawn from them once, the same for both."""

    def __init__(self, path, folder):
        self.X, self.y = read(path)
        if path.endswith("diabetes.csv"):
            self.y = np.loadtxt(path, delimiter=",", skiprows=1)[:, -1]
        spread = self.X.std(0)
        self.X = ((self.X - self.X.mean(0)) / np.where(spread == 0, 1, spread))[:, spread > 0]
        self.csv, self.folder = os.path.join(folder, "rows.csv"), folder
        np.savetxt(self.csv, np.column_stack([self.X, self.y]), fmt="%.17g", delimiter=",")

    def drawn(self, kind, count):
        """By maha-pairs with the option `kind`: the file, and its numbers."""
        path = os.path.join(self.folder, kind.strip("-") + ".csv")
        with open(path, "w") as file:
            subprocess.run(["maha-pairs", kind, str(count), self.csv], check=True, stdout=file)
        return path, np.loadtxt(path, delimiter=",", skiprows=1, dtype=int)

    def all_pairs(self):
        i, j = np.triu_indices(len(self.y), 1)
        path = os.path.join(self.folder, "all.csv")
        np.savetxt(path, np.column_stack([i + 1, j + 1, self.y[i] == self.y[j]]), fmt="%d", delimiter=",", header="i,j,similar",
                   comments="")
        return path


def squared(M, P, Q=None):
    """D_M of all rows of P by all of Q."""
    Q = P if Q is None else Q
    p, q = ((P @ M) * P).sum(1), ((Q @ M) * Q).sum(1)
    return np.maximum(p[:, None] + q - 2 * P @ M @ Q.T, 0)


def lengths(M, V):
    return np.maximum(((V @ M) * V).sum(1), 0)


def chances(D):
    """Rows of exp(-D), summing to 1."""
    P = np.exp(D.min(1, keepdims=True) - D)
    return P / P.sum(1, keepdims=True)


def others(M, X):
    D = squared(M, X)
    np.fill_diagonal(D, np.inf)
    return D


# What is judged: a number to be minimised.


def nca_loss(p, M):
    return 1 - (chances(others(M, p.X)) * (p.y[:, None] == p.y)).sum() / len(p.y)


def mlkr_loss(p, M):
    return ((chances(others(M, p.X)) @ p.y - p.y) ** 2).sum()


def mcml_loss(p, M):
    D = others(M, p.X)
    same = (p.y[:, None] == p.y) & ~np.eye(len(p.y), dtype=bool)
    least = D.min(1)
    log_sum = np.log(np.exp(least[:, None] - D).sum(1)) - least
    n = same.sum(1)
    return np.mean((np.where(same, D, 0).sum(1) / n + log_sum) - np.log(n))


def ncmml_loss(p, M):
    means = np.array([p.X[p.y == c].mean(0) for c in range(p.y.max() + 1)])
    D = squared(M, p.X, means) / 2
    least = D.min(1)
    return np.mean(D[np.arange(len(p.y)), p.y] - least + np.log(np.exp(least[:, None] - D).sum(1)))


def ldml_loss(p, M):
    i, j = np.triu_indices(len(p.y), 1)
    D, sign = squared(M, p.X)[i, j], np.where(p.y[i] == p.y[j], 1, -1)
    return minimize_scalar(lambda b: np.mean(np.logaddexp(0, sign * (D - b))), bounds=(-50, D.mean() + 50), method="bounded").fun


def lsml_loss(p, M):
    i, j, k, l = p.quadruplets.T - 1
    near, far = (np.sqrt(lengths(M, p.X[a] - p.X[b])) for a, b in ((i, j), (k, l)))
    return np.mean(np.maximum(0, near - far) ** 2) + np.trace(M) - np.linalg.slogdet(M)[1] - len(M)


def sdml_loss(p, M):
    V, sign = p.X[p.pairs[:, 0] - 1] - p.X[p.pairs[:, 1] - 1], np.where(p.pairs[:, 2] > 0, 1, -1)
    S = np.eye(len(M)) + p.balance * (V.T * sign) @ V
    return np.sum(S * M) - np.linalg.slogdet(M)[1] + 0.01 * (np.abs(M).sum() - np.abs(np.diag(M)).sum())


def scml_loss(p, M):
    """The mean hinge: the directions' weights, at 1e-5, are another share of each result."""
    D, E, total, count = squared(M, p.X), squared(np.eye(p.X.shape[1]), p.X), 0.0, 0
    for i in range(len(p.y)):
        same = np.flatnonzero((p.y == p.y[i]) & (np.arange(len(p.y)) != i))
        other = np.flatnonzero(p.y != p.y[i])
        near = same[np.argsort(E[i, same], kind="stable")[:3]]
        far = other[np.argsort(E[i, other], kind="stable")[:10]]
        hinge = np.maximum(0, 1 + D[i, near][:, None] - D[i, far])
        total, count = total + hinge.sum(), count + hinge.size
    return total / count


def dml_eig_loss(p, M):
    i, j = np.triu_indices(len(p.y), 1)
    D, same = squared(M, p.X)[i, j], p.y[i] == p.y[j]
    return -D[~same].min() / D[same].sum()


# How a peer is run: its M.


def of_L(learner, *data):
    L = np.atleast_2d(learner.fit(*data).components_)
    return L.T @ L


def metric_learn_lsml(p):
    return of_L(metric_learn("lsml", "LSML")(), p.X[p.quadruplets - 1])


def metric_learn_sdml(p):
    return of_L(metric_learn("sdml", "SDML")(balance_param=p.balance), p.X[p.pairs[:, :2] - 1], np.where(p.pairs[:, 2] > 0, 1, -1))


def pydml_ncmml(p):
    np.random.seed(1)
    L = pydml("ncmml", "NCMML")().fit(p.X, p.y).transformer()
    return L.T @ L


def pydml_dml_eig(p):
    M = pydml("dml_eig", "DML_eig")().fit(p.X, p.y).metric()  # in coordinates in which the similar pairs' scatter is I
    i, j = np.triu_indices(len(p.y), 1)
    V = (p.X[i] - p.X[j])[p.y[i] == p.y[j]]
    w, U = np.linalg.eigh(2 * V.T @ V)
    H = (U / np.sqrt(w)) @ U.T
    return H @ M @ H


def prepare_lsml(p):
    path, p.quadruplets = p.drawn("--quadruplets", 10000)
    return ["--quadruplets", path]


def prepare_sdml(p):
    path, p.pairs = p.drawn("--count", 2000)
    model = subprocess.run(["maha-sdml", "-q", "--pairs", path, "--label", "-1", p.csv], check=True, stdout=subprocess.PIPE).stdout
    p.balance = json.loads(model)["balance"]
    return ["--pairs", path, "--balance", repr(p.balance)]


def prepare_dml_eig(p):
    return ["--pairs", p.all_pairs()]


CLASSES = ("wine", "wdbc", "digits")
OPTIONS = {"nca": ["", "--tolerance 1e-6"], "mlkr": ["", "--starts 20"], "scml": ["", "--max-iterations 5"]}  # else only ""
LEARNERS = {  # tool: peer's name, its run, the loss, sets, what else the tool gets
    "nca": ("metric-learn NCA", lambda p: of_L(metric_learn("nca", "NCA")(), p.X, p.y), nca_loss, CLASSES, None),
    "mlkr": ("metric-learn MLKR", lambda p: of_L(metric_learn("mlkr", "MLKR")(), p.X, p.y), mlkr_loss, ("diabetes",), None),
    "lsml": ("metric-learn LSML", metric_learn_lsml, lsml_loss, CLASSES, prepare_lsml),
    "sdml": ("metric-learn SDML", metric_learn_sdml, sdml_loss, CLASSES, prepare_sdml),
    "scml": ("metric-learn SCML", lambda p: of_L(metric_learn("scml", "SCML_Supervised")(random_state=1), p.X, p.y), scml_loss,
             CLASSES, None),
    "mcml": ("pyDML MCML", lambda p: pydml("mcml", "MCML")().fit(p.X, p.y).metric(), mcml_loss, CLASSES, None),
    "ncmml": ("pyDML NCMML", pydml_ncmml, ncmml_loss, CLASSES, None),
    "ldml": ("pyDML LDML", lambda p: pydml("ldml", "LDML")().fit(p.X, p.y).metric(), ldml_loss, CLASSES, None),
    "dml-eig": ("pyDML DML_eig", pydml_dml_eig, dml_eig_loss, CLASSES[:2], prepare_dml_eig),
}


def ours(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    metric = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["metric"]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    M = np.array(metric["M"]) if "M" in metric else np.array(metric["L"]).T @ np.array(metric["L"])
    return M, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def theirs(fit, problem, limit):
    def give_up(*_):
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(limit)
    start = time.process_time()
    try:
        with np.errstate(all="ignore"), open(os.devnull, "w") as null:
            sys.stdout, stdout = null, sys.stdout
            try:
                M = fit(problem)
            finally:
                sys.stdout = stdout
        return np.real(M), time.process_time() - start
    except TimeoutError:
        return None
    except Exception as error:  # whatever it is, the next one is to be measured
        return str(error).splitlines()[0][:60] if str(error) else type(error).__name__
    finally:
        signal.alarm(0)


def show(tool, name, limit, runs, folder):
    peer, fit, loss, _, prepare = LEARNERS[tool]
    with tempfile.TemporaryDirectory() as work:
        problem = Problem(os.path.join(folder, name + ".csv"), work)
        files = prepare(problem) if prepare else []
        commands = [["maha-" + tool, *options.split(), "-q", "-j", "1", "--target" if tool == "mlkr" else "--label", "-1", *files,
                     problem.csv] for options in OPTIONS.get(tool, [""])]
        mine, other = [[ours(command)] for command in commands], [theirs(fit, problem, limit)]
        for _ in range(runs):
            for command, done in zip(commands, mine):
                done.append(ours(command))
            if isinstance(other[0], tuple) and other[0][1] < SLOW:
                other.append(theirs(fit, problem, limit))
        answered = isinstance(other[0], tuple)
        theirs_s = statistics.median(run[1] for run in other[1:] or other) if answered else None
        print(f"| {peer} | {name} | " + (f"{loss(problem, other[0][0]):.6g} | {theirs_s:.2f} | |" if answered else
                                         f"{other[0] or f'no answer in {limit} s'} | | |"))
        for command, done in zip(commands, mine):
            seconds = statistics.median(run[1] for run in done[1:])
            options = " ".join(command[:command.index("-q")])
            print(f"| `{options}` | {name} | {loss(problem, done[0][0]):.6g} | {seconds:.3f} | "
                  + (f"{theirs_s / seconds:.0f} |" if answered else "|"), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-r", "--runs", type=int, default=3)
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--only", default=",".join(LEARNERS))
    parser.add_argument("folder")
    options = parser.parse_args()
    print("| | data | loss | CPU s | × as fast |\n|---|---|---|---|---|")
    for tool in options.only.split(","):
        for name in LEARNERS[tool][3]:
            show(tool, name, options.limit, options.runs, options.folder)


main()
