#!/usr/bin/env bash
# Measures a network of Wav2Lip's size on a graphics card, by itself, in a job, and in PyTorch where that is installed:
#   benchmarks/gpu.sh
# Needs what run.sh needs, and a card with CUDA 12 and cuDNN 9; where there is none, the figures are the processor's.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
MAVEN="${MAVEN:-mvn} -Pgpu" "$here/run.sh" --only network "$@"
if "${PYTHON:=python3}" -c 'import torch' 2>/dev/null; then
  "$PYTHON" "$here/wav2lip_sized.py"
else
  echo "$PYTHON has no PyTorch (PYTHON=… names another)." >&2
fi
