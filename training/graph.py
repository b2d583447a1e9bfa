"""Runs a small ONNX model with PyTorch: Debian has no ONNX Runtime. Knows what MediaPipe's face meshes are made of, no more."""
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

TYPES = {onnx.TensorProto.FLOAT: torch.float32, onnx.TensorProto.FLOAT16: torch.float32, onnx.TensorProto.INT64: torch.int64, onnx.TensorProto.INT32: torch.int32}


def conv(x, weight, bias=None, *, pads=(0, 0, 0, 0), strides=(1, 1), dilations=(1, 1), group=1, **_):
    top, left, bottom, right = pads
    return functional.conv2d(functional.pad(x, (left, right, top, bottom)), weight, bias, strides, 0, dilations, group)


def pool(x, *, kernel_shape, pads=(0, 0, 0, 0), strides=(1, 1), **_):
    top, left, bottom, right = pads
    return functional.max_pool2d(functional.pad(x, (left, right, top, bottom), value=float('-inf')), kernel_shape, strides)


def padded(x, pads, value=None, **_):
    half = len(pads) // 2
    return functional.pad(x, [int(side) for axis in reversed(range(half)) for side in (pads[axis], pads[half + axis])], value=0. if value is None else float(value))


def cut(x, starts, ends, axes, steps=None):
    for axis, start, end, step in zip(axes.tolist(), starts.tolist(), ends.tolist(), steps.tolist() if steps is not None else [1] * len(axes)):
        x = x[(slice(None),) * (axis % x.dim()) + (slice(start, end, step),)]
    return x


def reshaped(x, shape, **_):
    return x.reshape([x.shape[k] if size == 0 else size for k, size in enumerate(shape.tolist())])


def gathered(x, index, *, axis=0):
    return x[(slice(None),) * axis + (index.long(),)]


def sampled(x, at, *, mode=b'bilinear', padding_mode=b'zeros', align_corners=0):
    return functional.grid_sample(x, at, mode.decode(), padding_mode.decode(), bool(align_corners))


OPERATIONS = {
    'Conv': conv, 'MaxPool': pool, 'Pad': padded, 'Slice': cut, 'Reshape': reshaped, 'Gather': gathered, 'GridSample': sampled,
    'Add': torch.add, 'Sub': torch.sub, 'Mul': torch.mul, 'Div': torch.div, 'MatMul': torch.matmul, 'Relu': torch.relu, 'Sigmoid': torch.sigmoid, 'Identity': lambda x: x,
    'PRelu': lambda x, slope: torch.where(x < 0, slope * x, x), 'Concat': lambda *parts, axis: torch.cat(parts, axis),
    'Cast': lambda x, *, to: x.to(TYPES[to]), 'Transpose': lambda x, *, perm: x.permute(*perm),
    'ReduceL2': lambda x, *, axes, keepdims=1: x.square().sum(axes, bool(keepdims)).sqrt(),
    'ReduceMax': lambda x, *, axes, keepdims=1: x.amax(axes, bool(keepdims)), 'ReduceMin': lambda x, *, axes, keepdims=1: x.amin(axes, bool(keepdims)),
}


class Graph:
    """An ONNX model with one input; gives its outputs by name."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        self.known = {tensor.name: self.tensor(tensor) for tensor in graph.initializer}
        self.input, = (each.name for each in graph.input if each.name not in self.known)
        self.outputs = [output.name for output in graph.output]
        self.nodes = [(OPERATIONS[node.op_type], node.input, node.output[0], {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}) for node in graph.node]

    @staticmethod
    def tensor(value):
        values = torch.tensor(numpy_helper.to_array(value))
        return values.float() if values.is_floating_point() else values

    @torch.no_grad()
    def __call__(self, x):
        values = dict(self.known, **{self.input: x})
        for operation, inputs, output, options in self.nodes:
            values[output] = operation(*(values[name] if name else None for name in inputs), **options)
        return {name: values[name] for name in self.outputs}
