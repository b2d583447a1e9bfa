"""Takes the networks out of a model that export.py wrote, to go on learning from what they know.

  start.py MODEL.onnx WEIGHTS CORPUS

Writes WEIGHTS/<seed>.start for the seeds that train.sh uses. In the exported file what normalises each block's channels is part of its convolution: means and spreads
are measured anew on examples, so that a network that learns again begins with the same mouth.
"""
import pathlib
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import Network
from train import STAGES, files

SEEDS = 3, 4, 5, 6
HEARD = 150                             # examples that means and spreads are measured on


def networks(path):
    """The networks of a model, each with blocks that do not normalise."""
    graph = onnx.load(path).graph
    values = {weight.name: numpy_helper.to_array(weight) for weight in graph.initializer}
    convolutions = [node for node in graph.node if node.op_type == 'Conv' and f'{node.input[1]}.bytes' in values]
    each = len(Network().blocks) + 2
    for k in range(0, len(convolutions), each):
        network = Network().eval()
        for node, module in zip(convolutions[k:k + each], [network.into, *(block.conv for block in network.blocks), network.out]):
            name, bias = node.input[1:]
            module.load_state_dict(dict(weight=torch.tensor(values[f'{name}.bytes'] * values[f'{name}.scale']), bias=torch.tensor(values[bias])))
        for block in network.blocks:
            block.norm.running_var.fill_(1 - block.norm.eps)
        yield network


@torch.no_grad()
def normalise(network, bands):
    """Lets every block normalise by what its convolution gives for these examples, and undo it: the same network."""
    found = []
    hooks = [block.conv.register_forward_hook(lambda module, heard, out: found.append(torch.var_mean(out, (0, 2), unbiased=False))) for block in network.blocks]
    network.raw(bands)
    for block, hook, (spread, mean) in zip(network.blocks, hooks, found):
        hook.remove()
        block.norm.load_state_dict(dict(block.norm.state_dict(), running_mean=mean, running_var=spread, weight=(spread + block.norm.eps).sqrt(), bias=mean))


def main(model, weights, corpus):
    heard = np.load(files(corpus, len(STAGES) - 1)[0], mmap_mode='r')
    bands = torch.tensor(heard[::len(heard) // HEARD]).float()
    for seed, network in zip(SEEDS, networks(model)):
        normalise(network, bands)
        torch.save(network.state_dict(), pathlib.Path(weights) / f'{seed}.start')


if __name__ == '__main__':
    main(*sys.argv[1:])
