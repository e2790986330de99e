"""Deskews 28 x 28 images by their moments, as LMNN's authors did before PCA: each row is shifted so that the image's
vertical axis of inertia becomes upright and its centre of mass the middle, with linear interpolation.

  python3 datasets/deskew_mnist.py mnist.train.csv.gz > mnist.train.deskewed.csv

Reads CSV with a header, 784 pixels a line and the label last. Needs NumPy.
"""
import gzip
import sys

import numpy as np

name = sys.argv[1]
with (gzip.open if name.endswith(".gz") else open)(name, "rt") as file:
    header = file.readline().strip()
    lines = [line.strip().rsplit(",", 1) for line in file]
images = np.array([np.array(pixels.split(","), float) for pixels, _ in lines]).reshape(-1, 28, 28)

at = np.arange(28.0)
print(header)
for image, (_, label) in zip(images, lines):
    mass = image.sum()
    cy, cx = (image.sum(1) @ at) / mass, (image.sum(0) @ at) / mass
    dy, dx = at - cy, at - cx
    slant = (dy @ image @ dx) / (dy**2 @ image.sum(1))
    y = cy + at - 13.5  # where each row, and each pixel of it, comes from
    upright = np.zeros((28, 28))
    for row in range(28):
        low = int(np.floor(y[row]))
        part = y[row] - low
        for source, weight in ((low, 1 - part), (low + 1, part)):
            if 0 <= source < 28:
                x = cx + at - 13.5 + slant * (y[row] - cy)
                upright[row] += weight * np.interp(x, at, image[source], left=0, right=0)
    print(",".join(f"{v:.4g}" for v in upright.ravel()) + "," + label)
