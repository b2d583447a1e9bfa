"""Times in PyTorch what a table of gpu.sh says of ONNX Runtime, and prints the rows to append:  in_pytorch.py table.md folder

The folder holds the networks that the table is of, sized-32.onnx and sized-16.onnx. As there, numbers come from ordinary memory in
32 bits and go back there so.
"""
import re
import statistics
import sys
import time
from pathlib import Path

import onnx
import torch
from onnx import helper, numpy_helper
from torch.nn import functional

ROUNDS = 5
SECONDS_A_ROUND = 1
ROW = re.compile(r'(\d+) bits, on (cuda:\d+), (\d+) faces at a time \| ([\d.]+) faces/s')


def network(file):
    """The same layers and weights, run one after the other as in any PyTorch program."""
    model = onnx.load(file).graph
    root, graph = torch.nn.Module(), torch.fx.Graph()
    values = {port.name: graph.placeholder(port.name) for port in model.input}
    for constant in model.initializer:
        root.register_buffer(constant.name, torch.from_numpy(numpy_helper.to_array(constant).copy()))
        values[constant.name] = graph.get_attr(constant.name)
    for node in model.node:
        inputs = tuple(values[name] for name in node.input)
        says = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
        if node.op_type == 'Conv':
            step = graph.call_function(functional.conv2d, (*inputs, says['strides'], says['pads'][:2]))
        elif node.op_type == 'ConvTranspose':
            step = graph.call_function(
                functional.conv_transpose2d, (*inputs, says['strides'], says['pads'][:2], says['output_padding']))
        elif node.op_type == 'Concat':
            step = graph.call_function(torch.cat, (inputs, says['axis']))
        else:
            step = graph.call_function({'Add': torch.add, 'Relu': torch.relu, 'Sigmoid': torch.sigmoid}[node.op_type], inputs)
        values[node.output[0]] = step
    graph.output(values[model.output[0].name])
    return torch.fx.GraphModule(root, graph)


def rates(model, device, kind, items):
    """Faces a second, in several rounds after one that does not count."""
    sound, faces = torch.zeros(items, 1, 80, 16), torch.zeros(items, 6, 96, 96)

    def run(times):
        began = time.perf_counter()
        with torch.inference_mode():
            for _ in range(times):
                # Waits for the card: what comes back is in ordinary memory.
                model(sound.to(device, kind), faces.to(device, kind)).cpu().float()
        return time.perf_counter() - began

    run(3)
    times = 1 + int(SECONDS_A_ROUND / run(1))
    run(times)
    return [items * times / run(times) for _ in range(ROUNDS)]


def main(table, folder):
    networks = {}
    for bits, device, items, theirs in ROW.findall(Path(table).read_text()):
        if bits not in networks:
            networks[bits] = network(Path(folder) / f'sized-{bits}.onnx').to(device).eval()
        kind = torch.float16 if bits == '16' else torch.float32
        ours = rates(networks[bits], device, kind, int(items))
        median = statistics.median(ours)
        print(f'| the same in PyTorch {torch.__version__}, {bits} bits, on {device}, {items} faces at a time '
              f'| {median:.1f} faces/s ({min(ours):.1f} to {max(ours):.1f}); ONNX Runtime / PyTorch {float(theirs) / median:.2f} | | |',
              flush=True)


if __name__ == '__main__':
    main(*sys.argv[1:])
