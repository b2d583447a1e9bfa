"""Writes the trained networks, with their spectrogram, as one ONNX file.

  export.py WEIGHTS MODEL.onnx

WEIGHTS is the folder that holds the weights of every network.
"""
import os
import sys

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from model import VoiceToMouth


def in_bytes(model):
    """The networks' weights in eight bits each, with a scale for every channel; ONNX Runtime makes floats of them once, when it opens the file."""
    graph, nodes = model.graph, []
    weights = {weight.name: weight for weight in graph.initializer}
    for node in graph.node:
        if node.op_type == 'Conv' and node.input[1] in weights and not node.input[1].startswith(('spectrogram', 'softening')):
            weight = weights[node.input[1]]
            values = numpy_helper.to_array(weight)
            scale = np.abs(values).max(axis=(1, 2), keepdims=True) / 127
            graph.initializer.remove(weight)
            graph.initializer.extend([numpy_helper.from_array(np.round(values / scale).astype(np.int8), weight.name + '.bytes'),
                                      numpy_helper.from_array(scale, weight.name + '.scale')])
            nodes += [helper.make_node('Cast', [weight.name + '.bytes'], [weight.name + '.float'], to=onnx.TensorProto.FLOAT),
                      helper.make_node('Mul', [weight.name + '.float', weight.name + '.scale'], [weight.name])]
    everything = nodes + list(graph.node)
    del graph.node[:]
    graph.node.extend(everything)
    onnx.checker.check_model(model)


def main(weights, path):
    part = path + '.part'
    torch.onnx.export(VoiceToMouth.load(weights), torch.zeros(1, 16000), part, opset_version=13, input_names=['audio'], output_names=['mouth'],
                      dynamic_axes={'audio': {1: 'samples'}, 'mouth': {1: 'frames'}})
    model = onnx.load(part)
    in_bytes(model)
    onnx.save(model, part)
    os.replace(part, path)
    print(f'{path}: {os.path.getsize(path) / 1e6:.2f} MB')


if __name__ == '__main__':
    main(*sys.argv[1:])
