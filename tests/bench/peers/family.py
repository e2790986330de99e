#!/usr/bin/env python3
"""Fits a learner of scikit-learn, metric-learn or pyDML to a file whose last column is the label, as their users would.
usage: family.py LEARNER TRAIN.csv.gz [--check | --beside MODEL.json]
--check: only whether the learner is there; --beside: how far its M is from that of a model, both scaled to |M| = 1."""
import json
import sys
import warnings

import numpy as np
from sources import metric_learn, pydml, read

warnings.simplefilter("ignore")


def sklearn_pca(X, y):
    from sklearn.decomposition import PCA

    return PCA(n_components=10, svd_solver="full").fit(X).components_


def sklearn_lda(X, y):
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    return LinearDiscriminantAnalysis(solver="eigen").fit(X, y).scalings_[:, : y.max()].T


def metric_learn_cov(X, y):
    return metric_learn("covariance", "Covariance")().fit(X).components_


def metric_learn_rca(X, y):
    return metric_learn("rca", "RCA")().fit(X, y).components_


def metric_learn_lfda(X, y):
    return metric_learn("lfda", "LFDA")(n_components=3, k=7).fit(X, y).components_


def pydml_anmm(X, y):
    return pydml("anmm", "ANMM")(num_dims=3).fit(X, y).transformer()


def pydml_dmlmj(X, y):
    return pydml("dmlmj", "DMLMJ")().fit(X, y).transformer()


LEARNERS = {"pca": sklearn_pca, "lda": sklearn_lda, "cov": metric_learn_cov, "rca": metric_learn_rca,
            "lfda": metric_learn_lfda, "anmm": pydml_anmm, "dmlmj": pydml_dmlmj}

learn, options = LEARNERS[sys.argv[1]], sys.argv[3:]
if options[:1] == ["--check"]:
    rng = np.random.default_rng(0)
    learn(rng.normal(size=(60, 12)), np.arange(60) % 4)
    sys.exit()
L = learn(*read(sys.argv[2]))
if options[:1] == ["--beside"]:
    with open(options[1]) as file:
        metric = json.load(file)["metric"]
    ours = np.array(metric["M"]) if "M" in metric else np.array(metric["L"]).T @ np.array(metric["L"])
    theirs = L.T @ L
    apart = np.linalg.norm(ours / np.linalg.norm(ours) - theirs / np.linalg.norm(theirs))
    print(f"{learn.__name__.replace('_', ' ')}: M is {apart:.1e} away, both scaled to length 1")
