#!/bin/sh
# Makes the voice-to-mouth network from nothing but Debian packages (README.md): training/train.sh [scratch folder]
set -e
scratch=$(realpath -m "${1:-${TMPDIR:-/tmp}/lipdrop-training}")
cd "$(dirname "$0")"
mkdir -p "$scratch/corpus" "$scratch/weights"
export OMP_NUM_THREADS=1        # what takes long runs in several processes
[ -e "$scratch/corpus/speech.json" ] || python3 corpus.py "$scratch/corpus" & making=$!
[ -e "$scratch/corpus/recordings.json" ] || python3 recordings.py "$scratch/corpus"
wait $making
[ -e "$scratch/corpus/recogniser.pt" ] || python3 align.py "$scratch/corpus"
[ -e "$scratch/corpus/mouths-1.npy" ] || python3 examples.py "$scratch/corpus"
rm -f "$scratch"/weights/*.pt
learning=
for seed in 3 4 5 6; do
  python3 train.py "$scratch/corpus" "$scratch/weights/$seed.pt" "$seed" & learning="$learning $!"
done
for process in $learning; do wait "$process"; done
python3 export.py "$scratch/weights" ../models/voice_to_mouth.onnx
python3 evaluate.py "$scratch/weights" "$scratch/corpus"
