"""Writes the trained network, with its spectrogram, as ONNX.

  export.py WEIGHTS MODEL.onnx
"""
import os
import sys

import torch

from model import Network, VoiceToMouth


def main(weights, path):
    network = Network()
    network.load_state_dict(torch.load(weights))
    model = VoiceToMouth(network).eval()
    part = path + '.part'
    torch.onnx.export(model, torch.zeros(1, 16000), part, opset_version=13, input_names=['audio'], output_names=['mouth'],
                      dynamic_axes={'audio': {1: 'samples'}, 'mouth': {1: 'frames'}})
    os.replace(part, path)
    print(f'{path}: {os.path.getsize(path) / 1e6:.2f} MB')


if __name__ == '__main__':
    main(*sys.argv[1:])
