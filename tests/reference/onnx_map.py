"""Reads a model that maha-model exported as ONNX, by the classes of ONNX, and holds it to what it is for.

    onnx_map.py MODEL.onnx ROWS.csv Z.csv

ROWS.csv: a header and rows; Z.csv: the same rows by maha-transform. Prints the type and the shapes, and of all distances
between two rows the largest relative error and the largest error as a share of the mean distance: once by operators as
ONNX describes them, written with NumPy, and where it is installed once by onnxruntime.
"""

import csv
import json
import sys

import numpy as np
import onnx
from onnx import numpy_helper


def axes_of(attributes):
    return tuple(attributes["axes"])


OPERATORS = {
    "Identity": lambda a, x: x,
    "Sub": lambda a, x, y: x - y,
    "Mul": lambda a, x, y: x * y,
    "Div": lambda a, x, y: x / y,
    "Max": lambda a, x, y: np.maximum(x, y),
    "Pow": lambda a, x, y: x**y,
    "Neg": lambda a, x: -x,
    "Exp": lambda a, x: np.exp(x),
    "Sqrt": lambda a, x: np.sqrt(x),
    "IsNaN": lambda a, x: np.isnan(x),
    "Where": lambda a, condition, x, y: np.where(condition, x, y),
    "MatMul": lambda a, x, y: x @ y,
    "Gemm": lambda a, x, y, z: x @ (y.T if a.get("transB", 0) else y) + z,
    "Gather": lambda a, x, indices: np.take(x, indices, axis=a.get("axis", 0)),
    "Unsqueeze": lambda a, x, axes: np.expand_dims(x, tuple(axes)),
    "ReduceSumSquare": lambda a, x: np.sum(x * x, axis=axes_of(a), keepdims=bool(a["keepdims"])),
}


def run(graph, x):
    values = {constant.name: numpy_helper.to_array(constant) for constant in graph.initializer}
    values[graph.input[0].name] = x
    for node in graph.node:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        result = OPERATORS[node.op_type](attributes, *[values[name] for name in node.input])
        assert result.dtype in (x.dtype, bool), node.op_type
        values[node.output[0]] = result
    return values[graph.output[0].name]


def shape(value):
    return "x".join(str(d.dim_value or d.dim_param) for d in value.type.tensor_type.shape.dim)


def distances(z):
    z = z.astype(float)
    return np.array([np.sqrt(((z - row) ** 2).sum(axis=1)) for row in z])


def errors(z, reference):
    ours, theirs = distances(z), distances(reference)
    differ = theirs > 0
    assert differ.any() and np.all(ours[~differ] == 0)
    error = np.abs(ours - theirs)
    return "relative %.2g of_mean %.2g" % (np.max(error[differ] / theirs[differ]), np.max(error) / theirs.mean())


model_path, rows_path, z_path = sys.argv[1:]
model = onnx.load(model_path)
onnx.checker.check_model(model, full_check=True)
inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
assert shape(inferred.graph.output[0]) == shape(model.graph.output[0])
metadata = {entry.key: entry.value for entry in model.metadata_props}
rows = list(csv.DictReader(open(rows_path)))
number = onnx.mapping.TENSOR_TYPE_TO_NP_TYPE[model.graph.input[0].type.tensor_type.elem_type]
X = np.array([[float(row[name] or "nan") for name in json.loads(metadata["features"])] for row in rows], number)
reference = np.array([[float(field) for name, field in row.items() if name.startswith("z")] for row in csv.DictReader(open(z_path))])
print(number.name, shape(model.graph.input[0]), shape(model.graph.output[0]), model.producer_name)
Z = run(model.graph, X)
assert Z.shape == reference.shape
print("numpy", errors(Z, reference))
try:
    import onnxruntime
except ImportError:
    pass
else:
    session = onnxruntime.InferenceSession(model_path, providers=["CPUExecutionProvider"])
    print("onnxruntime", errors(session.run(["Z"], {"X": X})[0], reference))
