#!/usr/bin/python3
"""Writes this folder's CSV files anew, from the copies that scikit-learn carries (Debian's python3-sklearn).

The project does not need this script: its results are part of the project. `sha256sum -c SHA256SUMS` holds it to them.
"""
import csv
import gzip
import itertools
import os
import re

import sklearn
from sklearn import datasets


def column(name):
    """'sepal length (cm)' -> sepal_length"""
    return re.sub(r"[^a-z0-9]+", "_", name.replace("(cm)", "").strip().lower())


def number(x):
    """The shortest form that reads back to the same bits; no point in an integer."""
    return str(int(x)) if x == int(x) else repr(float(x))


def write(name, features, rows, last="class"):
    with open(name + ".csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([*features, last])
        out.writerows(rows)


for name, load in dict(
    iris=datasets.load_iris, wine=datasets.load_wine, wdbc=datasets.load_breast_cancer, digits=datasets.load_digits
).items():
    data = load()
    rows = ([*map(number, x), data.target_names[label]] for x, label in zip(data.data, data.target))
    write(name, map(column, data.feature_names), rows)

SIDES = {-1: "R", 0: "B", 1: "L"}
scales = []
for a, b, c, d in itertools.product(range(1, 6), repeat=4):
    moment = a * b - c * d
    scales.append([a, b, c, d, SIDES[(moment > 0) - (moment < 0)]])
write("balance-scale", ["left_weight", "left_distance", "right_weight", "right_distance"], scales)

# As measured: load_diabetes() scales the features, unless a later version is told not to.
MEASURED = ["age", "sex", "body_mass_index", "blood_pressure", "total_cholesterol", "ldl", "hdl", "cholesterol_to_hdl"]
MEASURED += ["log_triglycerides", "glucose"]
folder = os.path.join(os.path.dirname(sklearn.__file__), "datasets", "data")
parts = []
for part in "data_raw", "target":
    with gzip.open(os.path.join(folder, f"diabetes_{part}.csv.gz"), "rt") as file:
        parts.append([[number(float(x)) for x in line.split()] for line in file])
write("diabetes", MEASURED, (x + y for x, y in zip(*parts)), "progression")
