"""The optimum of a tiny LMNN problem in another way than maha's: a linear program in the entries of M and one slack for
each triplet, with cuts v'Mv >= 0 for eigenvectors of negative eigenvalues until M is positive semidefinite to 1e-10.
Rows come from CSV (header, label last), every STEP-th of them, raw. With --triplets the triplets are lines
anchor,near,far of another file without a header, rows counted from 1 after stepping. Needs NumPy and SciPy.

  python3 tests/reference/lmnn_cutting_planes.py datasets/wine.csv --columns 1,7,10 --step 6 -k 2 --push-weight 0.5
"""
import argparse
import csv

import numpy as np
from scipy.optimize import linprog

parser = argparse.ArgumentParser()
parser.add_argument("file")
parser.add_argument("--columns", required=True)
parser.add_argument("--step", type=int, default=1)
parser.add_argument("-k", type=int, default=2)
parser.add_argument("--push-weight", type=float, default=0.5)
parser.add_argument("--triplets")
args = parser.parse_args()

table = list(csv.reader(open(args.file)))[1:]
columns = [int(c) - 1 for c in args.columns.split(",")]
X = np.array([[float(row[c]) for c in columns] for row in table])[:: args.step]
y = np.array([row[-1] for row in table])[:: args.step]
n, d = X.shape
mu = args.push_weight
upper = [(a, b) for a in range(d) for b in range(a, d)]


def entries(v):  # v'Mv as a linear form in the upper triangle of M
    return np.array([v[a] * v[b] * (1 if a == b else 2) for a, b in upper])


def nearest(i):
    same = [j for j in range(n) if y[j] == y[i] and j != i]
    return sorted(same, key=lambda j: (np.sum((X[i] - X[j]) ** 2), j))[: args.k]


if args.triplets:
    triplets = [[int(field) - 1 for field in row] for row in csv.reader(open(args.triplets))]
else:
    triplets = [(i, j, l) for i in range(n) for j in nearest(i) for l in range(n) if y[l] != y[i]]
pull = sum((1 - mu) * entries(X[i] - X[j]) for i, j in {(i, j) for i, j, l in triplets})
margins = [entries(X[i] - X[l]) - entries(X[i] - X[j]) for i, j, l in triplets]
margins = np.array(margins)
t = len(margins)
cost = np.concatenate([pull, mu * np.ones(t)])
rows = np.hstack([-margins, -np.eye(t)])  # slack >= 1 - margin
right = -np.ones(t)
free = [(-1e3, 1e3)] * len(upper) + [(0, None)] * t
cuts = [entries(e) for e in np.eye(d)]
while True:
    A = np.vstack([rows] + [np.hstack([-1e4 * c, np.zeros(t)]) for c in cuts])  # HiGHS breaks rows by up to 1e-7
    solution = linprog(cost, A, np.concatenate([right, np.zeros(len(cuts))]), bounds=free, method="highs")
    M = np.zeros((d, d))
    for m, (a, b) in zip(solution.x, upper):
        M[a, b] = M[b, a] = m
    values, vectors = np.linalg.eigh(M)
    if values[0] > -1e-10 * values[-1]:
        break
    cuts += [entries(v) for v, value in zip(vectors.T, values) if value < 0]
print(f"{n} rows, {t} triplets, {len(cuts)} cuts: optimum {solution.fun:.10f}, spectrum {values}")
