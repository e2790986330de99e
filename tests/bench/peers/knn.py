#!/usr/bin/env python3
"""The 3 nearest neighbours of a test file's rows in a training file, and how many of the rows their votes name wrongly,
as a user of scikit-learn or FAISS would write it. usage: knn.py sklearn|faiss TRAIN.csv[.gz] TEST.csv[.gz]"""
import sys

import numpy as np


def read(path):
    table = np.loadtxt(path, delimiter=",", skiprows=1, dtype=str)
    return table[:, :-1].astype(float), table[:, -1]


def sklearn_nearest(train, test):
    from sklearn.neighbors import NearestNeighbors

    return NearestNeighbors(n_neighbors=3, algorithm="brute").fit(train).kneighbors(test, return_distance=False)


def faiss_nearest(train, test):
    import faiss

    index = faiss.IndexFlatL2(train.shape[1])
    index.add(train.astype(np.float32))
    return index.search(test.astype(np.float32), 3)[1]


def vote(labels):
    """The majority, or the label of the nearest where all three differ: k lowered until one leads."""
    first, second, third = labels
    return second if second == third else first


peer, train_path, test_path = sys.argv[1:]
X, y = read(train_path)
Z, truth = read(test_path)
nearest = {"sklearn": sklearn_nearest, "faiss": faiss_nearest}[peer](X, Z)
print(sum(vote(y[row]) != label for row, label in zip(nearest, truth)))
