"""What the scripts beside it share: labelled CSV files, and the learners of peers from their sources, as `git clone` leaves
them in $MAHA_PEERS/metric-learn and $MAHA_PEERS/pyDML."""
import importlib
import importlib.machinery
import importlib.util
import os
import sys
import types

import numpy as np

PEERS = os.environ.get("MAHA_PEERS", "")


def read(path):
    """Features and labels, the last column, as numbers from 0."""
    table = np.loadtxt(path, delimiter=",", skiprows=1, dtype=str)
    return table[:, :-1].astype(float), np.unique(table[:, -1], return_inverse=True)[1]


def metric_learn(module, name):
    folder = os.path.join(PEERS, "metric-learn")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return getattr(importlib.import_module("metric_learn." + module), name)


class PydmlFinder:
    """Takes the modules dml.NAME from NAME.pyx, Python as it stands, though it is meant to be compiled."""

    @staticmethod
    def find_spec(name, path, target=None):
        file = os.path.join(PEERS, "pyDML", name.replace(".", os.sep) + ".pyx")
        if name.startswith("dml.") and os.path.exists(file):
            return importlib.util.spec_from_loader(name, importlib.machinery.SourceFileLoader(name, file))
        return None


def pydml(module, name):
    if "dml" not in sys.modules:
        package = types.ModuleType("dml")  # without its __init__, which asks for what is compiled
        package.__path__ = [os.path.join(PEERS, "pyDML", "dml")]
        sys.modules["dml"] = package
        sys.meta_path.append(PydmlFinder)
    return getattr(importlib.import_module("dml." + module), name)
