#!/bin/sh
# Makes the voice-to-mouth network from nothing but Debian packages (README.md): training/train.sh [scratch folder]
set -e
scratch=$(realpath -m "${1:-${TMPDIR:-/tmp}/lipdrop-training}")
cd "$(dirname "$0")"
mkdir -p "$scratch"
export OMP_NUM_THREADS=1        # learning and making examples are a process each
[ -e "$scratch/corpus/speech.json" ] || python3 corpus.py "$scratch/corpus"
python3 train.py "$scratch/corpus" "$scratch/weights.pt"
python3 export.py "$scratch/weights.pt" ../models/voice_to_mouth.onnx
python3 evaluate.py "$scratch/weights.pt" "$scratch/corpus"
