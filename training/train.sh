#!/bin/sh
# Makes the voice-to-mouth network from nothing but Debian packages (README.md): training/train.sh [scratch folder]
set -e
scratch=$(realpath -m "${1:-${TMPDIR:-/tmp}/lipdrop-training}")
cd "$(dirname "$0")"
mkdir -p "$scratch"
export OMP_NUM_THREADS=1        # learning and making examples are a process each, for every network
[ -e "$scratch/corpus/speech.json" ] || python3 corpus.py "$scratch/corpus"
mkdir -p "$scratch/weights" && rm -f "$scratch"/weights/*.pt
train() { python3 train.py "$scratch/corpus" "$scratch/weights/$1.pt" "$1" || exit 1; }
train 3 & other=$!
train 4
train 5
wait $other
python3 export.py "$scratch/weights" ../models/voice_to_mouth.onnx
python3 evaluate.py "$scratch/weights" "$scratch/corpus"
