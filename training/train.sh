#!/bin/sh
# Makes the voice-to-mouth network from Debian packages and real lips (README.md): training/train.sh [scratch folder [folder of curves [model to go on from]]]
set -e
scratch=$(realpath -m "${1:-${TMPDIR:-/tmp}/lipdrop-training}")
curves=${2:+$(realpath "$2")}
[ -z "$curves" ] || ls "$curves"/*.npz > /dev/null        # ends here where there are none
start=${3:+$(realpath "$3")}
cd "$(dirname "$0")"
mkdir -p "$scratch/corpus" "$scratch/weights"
export OMP_NUM_THREADS=1        # what takes long runs in several processes
[ -e "$scratch/corpus/speech.json" ] || python3 corpus.py "$scratch/corpus" & making=$!
[ -e "$scratch/corpus/recordings.json" ] || python3 recordings.py "$scratch/corpus"
if [ -e "$scratch/corpus/talkers.json" ]; then
  echo "The networks learn from the real lips of an earlier run in $scratch/corpus."
elif [ -z "$curves" ]; then
  echo 'No folder of curves: the networks learn from labels alone, not from real lips. Get the GRID corpus (https://doi.org/10.5281/zenodo.3625687, CC BY 4.0)'
  echo 'or other clips, run training/curves.py on them, and name the folder that it writes as the second argument.'
else
  python3 talkers.py "$scratch/corpus" "$curves"
  rm -f "$scratch/corpus/recogniser.pt" "$scratch"/corpus/mouths-*.npy         # their phones are not timed, their examples not made
fi
wait $making
[ -e "$scratch/corpus/recogniser.pt" ] || python3 align.py "$scratch/corpus"
[ -e "$scratch/corpus/mouths-1.npy" ] || python3 examples.py "$scratch/corpus"
rm -f "$scratch"/weights/*.pt "$scratch"/weights/*.start
[ -z "$start" ] || python3 start.py "$start" "$scratch/weights" "$scratch/corpus"
learning=
for seed in 3 4 5 6; do
  python3 train.py "$scratch/corpus" "$scratch/weights/$seed.pt" "$seed" & learning="$learning $!"
done
for process in $learning; do wait "$process"; done
python3 export.py "$scratch/weights" ../models/voice_to_mouth.onnx
python3 evaluate.py "$scratch/weights" "$scratch/corpus"
