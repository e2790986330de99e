"""Reads an index that maha-model exported, by FAISS, and holds it to what it is for.

    faiss_index.py INDEX.faiss ROWS.csv Z.csv

ROWS.csv: a header and rows, features first; Z.csv: the same rows by maha-transform. Prints what is in the index, whether
FAISS writes the same bytes, and of the distances to the 10 nearest rows in the index, or, if it has none, once it is given
ROWS.csv, the largest error as a share of the mean distance between two rows.
"""

import csv
import sys

import faiss
import numpy as np

index_path, rows_path, z_path = sys.argv[1:]
index = faiss.read_index(index_path)
reference = np.array([[float(field) for name, field in row.items() if name.startswith("z")] for row in csv.DictReader(open(z_path))])
X = np.array([row[: index.d] for row in list(csv.reader(open(rows_path)))[1:]], np.float32)
assert index.metric_type == faiss.METRIC_L2
chain = [faiss.downcast_VectorTransform(index.chain.at(i)) for i in range(index.chain.size())]
print(index.d, "to", index.index.d, type(faiss.downcast_index(index.index)).__name__, index.ntotal, *[type(t).__name__ for t in chain])
with open(index_path, "rb") as file:
    print("same bytes" if faiss.serialize_index(index).tobytes() == file.read() else "other bytes")
if index.ntotal == 0:
    index.add(X)

pairs = np.array([np.sqrt(((reference - z) ** 2).sum(axis=1)) for z in reference])
k = min(10, len(pairs))
error = 0
for i in range(len(X)):  # one at a time: of many at once FAISS takes |x|^2 + |y|^2 - 2x'y, which keeps fewer digits
    squares, rows = index.search(X[i : i + 1], k)
    nearest = np.sort(pairs[i])[:k]
    error = max(error, np.abs(np.sqrt(squares[0]) - nearest).max(), np.abs(pairs[i][rows[0]] - nearest).max())
print("of_mean %.2g" % (error / pairs.mean()))
