"""Makes a converted face mesh cheap to run: what nothing asks for is left out, and the rest is said in operators that ONNX Runtime keeps in its own blocked layout.

  trim_mesh.py WHOLE.onnx TRIMMED.onnx

The eyes and irises go, a third of the work. A PReLU, which ONNX Runtime only knows in the plain layout, becomes the same sum of two scalings: a x + (1 - a) max(x, 0).
A padding with zero channels becomes a convolution with ones on its diagonal. The outputs are the same but for rounding.
"""
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper

WANTED = ('landmarks', 'lips', 'score')
MIN_HALVED = 1000


def needed(graph):
    """The nodes that the wanted outputs depend on, in order."""
    makers = {name: node for node in graph.node for name in node.output}
    seen, names = set(), list(WANTED)
    while names:
        node = makers.get(names.pop())
        if node is not None and node.output[0] not in seen:
            seen.add(node.output[0])
            names.extend(node.input)
    return [node for node in graph.node if node.output[0] in seen]


class Trimmed:
    """The graph as it is rewritten, with large weights in 16 bits."""

    def __init__(self, graph):
        self.graph, self.nodes, self.halved = graph, [], []
        self.weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer}
        self.casts = {node.output[0]: node.input[0] for node in graph.node if node.op_type == 'Cast' and node.input[0] in self.weights}

    def value(self, name):
        return self.weights[self.casts.get(name, name)].astype(np.float32)

    def constant(self, name, values):
        self.weights[name] = values.astype(np.float32)
        return name

    def scaled(self, name, source, factors):
        """Every channel times its factor."""
        weight = self.constant(f'{name}_w', factors.reshape(-1, 1, 1, 1))
        self.nodes.append(helper.make_node('Conv', [source, weight], [name], group=len(factors), kernel_shape=[1, 1]))
        return name

    def prelu(self, node):
        source, (out,) = node.input[0], node.output
        slope = self.value(node.input[1]).reshape(-1)
        self.nodes.append(helper.make_node('Relu', [source], [f'{out}_up']))
        parts = [self.scaled(f'{out}_all', source, slope), self.scaled(f'{out}_more', f'{out}_up', 1 - slope)]
        self.nodes.append(helper.make_node('Add', parts, [out]))

    def widened(self, node, channels):
        (out,), pads = node.output, self.value(node.input[1]).astype(int)
        weight = np.zeros((channels + pads[5], channels, 1, 1))
        weight[range(channels), range(channels)] = 1
        self.nodes.append(helper.make_node('Conv', [node.input[0], self.constant(f'{out}_w', weight)], [out], kernel_shape=[1, 1]))

    def run(self):
        channels = {}
        for node in needed(self.graph):
            (out,) = node.output
            if node.op_type == 'Conv':
                channels[out] = len(self.value(node.input[1]))
            elif node.op_type in ('PRelu', 'MaxPool', 'Add'):
                channels[out] = channels.get(node.input[0])
            if node.op_type == 'PRelu':
                self.prelu(node)
            elif node.op_type == 'Pad' and channels.get(node.input[0]):
                channels[out] = channels[node.input[0]] + int(self.value(node.input[1])[5])
                self.widened(node, channels[node.input[0]])
            else:
                self.nodes.append(node)
        used = {name for node in self.nodes for name in node.input}
        self.nodes = [node for node in self.nodes if node.op_type != 'Cast' or node.output[0] in used]
        used = {name for node in self.nodes for name in node.input}
        graph = self.graph
        outputs = [o for o in graph.output if o.name in WANTED]
        weights = [self.stored(name, w) for name, w in self.weights.items() if name in used]
        return helper.make_graph(self.halved + self.nodes, graph.name, list(graph.input), outputs, weights)

    def stored(self, name, values):
        """A weight in the file; large ones in 16 bits, with the cast that reads them."""
        if values.dtype != np.float32 or values.size < MIN_HALVED:
            return numpy_helper.from_array(values, name)
        self.halved.append(helper.make_node('Cast', [f'{name}_h'], [name], to=onnx.TensorProto.FLOAT))
        return numpy_helper.from_array(values.astype(np.float16), f'{name}_h')


def main(whole, trimmed):
    model = onnx.load(whole)
    graph = Trimmed(model.graph).run()
    made = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    onnx.checker.check_model(made)
    onnx.save(made, trimmed)


if __name__ == '__main__':
    main(*sys.argv[1:])
