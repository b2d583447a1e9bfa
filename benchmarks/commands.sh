#!/usr/bin/env bash
# Runs the commands of README, docs, training and benchmarks as they stand there:  benchmarks/commands.sh [--list] [quick] [network] [hours] [card]
# "quick" without a word: some ten minutes, a JDK 17 and Maven. "network" downloads up to 3 GB, "hours" trains and measures (training needs
# root on Debian 12), "card" needs an NVIDIA card. CommandsTest holds this list to the documents. Runs in a copy below target/, in
# whose commands /srv/lipdrop and /opt/lipdrop are folders there; nothing of the project's own folder is changed. Port 8080 has to be
# free. MAVEN_ARGS=-o (Maven 3.9) builds offline.
set -euo pipefail
cd "$(dirname "$0")/.."
project=$PWD
scratch=$project/target/commands
kinds=()
listing=
for word in "$@"; do
  case $word in
    --list) listing=yes ;;
    quick | network | hours | card) kinds+=("$word") ;;
    *) sed -n 2p "$0" >&2 && exit 2 ;;
  esac
done
((${#kinds[@]})) || kinds=(quick)

# entry KIND FUNCTION, with its text on the standard input.
entry() {
  local kind=$1 runner=$2 text
  text=$(cat)
  if [[ -n $listing ]]; then
    printf '%s\t%s\n' "$kind" "$text"
  elif [[ " ${kinds[*]} " == *" $kind "* ]]; then
    echo "== $text"
    text=${text//\/srv\/lipdrop/$scratch/srv}
    (cd "$scratch" && "$runner" "${text//\/opt\/lipdrop/$scratch/opt}")
  fi
}

copy() {
  rm -rf "$scratch"
  mkdir -p "$scratch/srv"
  git ls-files --cached --others --exclude-standard -z | xargs -0 cp --parents -t "$scratch"
}

plainly() { bash -euo pipefail -c "$1"; }
# On the jar that the first command has built.
built() { LIPDROP_JAR=$scratch/target/lipdrop.jar plainly "$1"; }

debian() { plainly "${1/install/install -y}"; }

# A command that goes on until it is stopped: once it has said the words. (In a script Ctrl+C's signal is ignored.)
until_said() {
  local words=$1 output=$scratch/output.txt
  setsid bash -c "exec $2" >"$output" 2>&1 &
  local process=$!
  for ((i = 0; i < 3000; i++)); do
    if grep -q "$words" "$output"; then
      kill -TERM -- -$process
      wait $process || true
      return
    fi
    kill -0 $process 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL -- -$process 2>/dev/null || true
  cat "$output" >&2
  echo "It never said: $words" >&2
  return 1
}
until_ready() { until_said 'Lipdrop is ready' "$1"; }
demo() { until_said 'Demo: finished' "$1"; }
with_jar() { cp target/lipdrop.jar . && "${@}"; }
ready_with_jar() { with_jar until_ready "$1"; }
ready_with_password() { mkdir -p "$scratch/srv/lipdrop" && echo secret-words >"$scratch/srv/lipdrop/password" && ready_with_jar "$1"; }
with_jar_plainly() { with_jar plainly "$1"; }
with_a_model() { (mkdir -p m && cd m && echo a >m.onnx && echo b >m.onnx.data && bash -euo pipefail -c "$1"); }
sized() { built "$1 target/sized.onnx half" && test -s target/sized.onnx; }
gallery() { built "$1 samples/hello/portrait.mp4" && test -s target/gallery/portrait.png; }
kills() { built "$1 --kills 8"; }
media() { built "$1 --files 100 --application 20"; }
manifests() { built "$1 --application 50"; }
list_itself() { plainly "$1 --list"; }
needs_talkers() { plainly "$1 --quick"; }

[[ -n $listing ]] || copy

# README
entry quick plainly <<'END'
mvn -q package -DskipTests
END
entry quick demo <<'END'
mvn -q spring-boot:run -Dspring-boot.run.arguments=--demo
END
entry hours plainly <<'END'
mvn verify
END
entry quick ready_with_jar <<'END'
java -jar lipdrop.jar --lipdrop.home=/srv/lipdrop --server.port=8080
END
entry quick ready_with_password <<'END'
java -jar lipdrop.jar --lipdrop.home=/srv/lipdrop --server.address=0.0.0.0 --lipdrop.password-file=/srv/lipdrop/password
END
entry quick plainly <<'END'
mvn spotless:apply
END
entry hours plainly <<'END'
benchmarks/run.sh
END
entry quick gallery <<'END'
benchmarks/gallery.sh
END

# docs/performance.md, in its order
entry quick with_jar_plainly <<'END'
java -jar lipdrop.jar --install=/opt/lipdrop
END
entry quick until_ready <<'END'
/opt/lipdrop/lipdrop --lipdrop.home=/srv/lipdrop
END

# docs/models.md and docs/lip-sync.md
entry quick with_a_model <<'END'
cat m.onnx m.onnx.data | sha256sum
END
entry network plainly <<'END'
python3 -m venv cuda && cuda/bin/pip install nvidia-{cuda-runtime,cuda-nvrtc,cublas,curand,cufft}-cu12 'nvidia-cudnn-cu12==9.*'
END
entry network plainly <<'END'
export LD_LIBRARY_PATH=$(printf '%s\n' "$PWD"/cuda/lib/python3*/site-packages/nvidia/*/lib | paste -sd:)
END
entry network plainly <<'END'
mvn -Pgpu package
END
entry network plainly <<'END'
mvn dependency:get -Dartifact=com.microsoft.onnxruntime:onnxruntime_gpu:1.23.2
END
entry network plainly <<'END'
unzip -j ~/.m2/repository/com/microsoft/onnxruntime/onnxruntime_gpu/1.23.2/onnxruntime_gpu-1.23.2.jar 'ai/onnxruntime/native/linux-x64/*' -d /srv/lipdrop/onnx
END
entry hours needs_talkers <<'END'
benchmarks/run.sh --only lips
END

# benchmarks
entry card plainly <<'END'
benchmarks/gpu.sh
END
entry quick sized <<'END'
benchmarks/wav2lip-sized.sh
END
entry quick kills <<'END'
benchmarks/kills.sh
END
entry quick media <<'END'
benchmarks/media.sh
END
entry quick manifests <<'END'
benchmarks/manifests.sh
END
entry quick list_itself <<'END'
benchmarks/commands.sh
END

# training
entry hours debian <<'END'
apt-get install python3-torch python3-numpy python3-scipy python3-opencv opencv-data python3-onnx ffmpeg flite espeak-ng libespeak-ng1 espeak-ng-data festival festvox-kdlpc16k festvox-us-slt-hts festvox-italp16k festvox-itapc16k festvox-czech-ph festvox-czech-machac festvox-czech-dita festvox-suopuhe-mv festvox-suopuhe-lj festvox-ca-ona-hts festvox-ru festvox-hi-nsk festival-hi fortunes fortunes-de fortunes-es fortunes-it fortunes-br fortunes-ru fortunes-cs fortunes-pl asterisk-core-sounds-en-g722 asterisk-core-sounds-es-g722 asterisk-core-sounds-fr-g722 asterisk-core-sounds-it-g722 asterisk-core-sounds-ru-g722 fillets-ng-data fillets-ng-data-cs fillets-ng-data-nl tuxpaint-stamps-default gcin-voice hyperrogue-music planetblupi-music-ogg singularity-music fb-music-high asterisk-moh-opsound-wav asc-music
END
entry hours plainly <<'END'
training/train.sh
END
# /tmp/grid/<talker>/*.mpg have to be there (training/README.md)
entry hours plainly <<'END'
python3 training/curves.py /tmp/curves /tmp/grid
END
entry hours plainly <<'END'
training/train.sh /tmp/lipdrop-training /tmp/curves
END
entry hours plainly <<'END'
python3 training/evaluate.py /tmp/lipdrop-training/weights /tmp/lipdrop-training/corpus /tmp/curves/s1.npz
END
entry hours plainly <<'END'
python3 training/train.py /tmp/lipdrop-training/corpus /tmp/fold.pt 1 s2,s31,s5
END
