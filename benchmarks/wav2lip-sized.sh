#!/usr/bin/env bash
# Writes a network with Wav2Lip's layers and random weights, for timing:  benchmarks/wav2lip-sized.sh models/sized.onnx [half]
source "$(dirname "$0")/launch.sh"
launch io.lipdrop.benchmark.Wav2LipSized "$@"
