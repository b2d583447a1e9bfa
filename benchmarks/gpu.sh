#!/usr/bin/env bash
# Measures a network of Wav2Lip's size on an NVIDIA card, by itself, in a job, and in PyTorch:  benchmarks/gpu.sh [--quick]
# Needs the card's driver, a JDK 17, Maven and Python 3 with venv; prints one Markdown table and keeps it in target/gpu.md.
# CUDA 12, cuDNN 9 and PyTorch come by pip, into target/gpu-python: CUDA and cuDNN unless the system has them or LD_LIBRARY_PATH says
# where they are, PyTorch unless PYTHON=… names a Python with torch and onnx.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=target/gpu-python

# What ONNX Runtime 1.23 is linked with, and nvrtc, which cuDNN opens at a convolution.
loads_cuda() {
  python3 - <<'END'
import ctypes
for name in 'cudart.so.12', 'cublasLt.so.12', 'cublas.so.12', 'curand.so.10', 'cufft.so.11', 'nvrtc.so.12', 'cudnn.so.9':
    ctypes.CDLL(f'lib{name}')
END
}
has_jdk() { [[ $(javac -version 2>&1) =~ javac\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 17)); }
fail() { echo "$1" >&2 && exit 1; }
need() {
  local sentence=$1
  shift
  "$@" >/dev/null 2>&1 || { echo "$sentence" >&2 && lacking=yes; }
}

cuda=()
loads_cuda 2>/dev/null || cuda=(nvidia-{cuda-runtime,cuda-nvrtc,cublas,curand,cufft}-cu12 'nvidia-cudnn-cu12==9.*')
torch=()
# PyPI's later ones are for CUDA 13, which ONNX Runtime 1.23 cannot use.
[[ -n ${PYTHON:-} ]] || torch=('torch>=2.7,<2.10' onnx)
packages=("${cuda[@]}" "${torch[@]}")

lacking=
need "No NVIDIA GPU with a working driver: nvidia-smi -L fails. (benchmarks/run.sh --only network measures the CPU.)" nvidia-smi -L
need "Not an x86-64 machine: the Java package of ONNX Runtime has CUDA only for x86-64." test "$(uname -m)" = x86_64
if [[ -n ${LIPDROP_JAR:-} ]]; then
  need "No Java: apt install openjdk-17-jre-headless" java -version
else
  need "No JDK 17 or newer: apt install openjdk-17-jdk-headless" has_jdk
  # shellcheck disable=SC2086 # may hold options
  need "No Maven: apt install maven" ${MAVEN:-mvn} --version
fi
if ((${#packages[@]})); then
  need "No Python 3 with venv: apt install python3-venv" python3 -c 'import ensurepip, venv'
fi
[[ -z $lacking ]] || exit 1

if ((${#packages[@]})); then
  echo "Into $venv: ${packages[*]} (some 3 GB the first time) …" >&2
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet "${packages[@]}" >&2
fi
libraries=${LD_LIBRARY_PATH:-}
if ((${#cuda[@]})); then
  libraries=$(printf '%s\n' "$PWD/$venv"/lib/python3*/site-packages/nvidia/*/lib | paste -sd:)${libraries:+:$libraries}
  LD_LIBRARY_PATH=$libraries loads_cuda || fail "CUDA 12 and cuDNN 9 are still incomplete: see above."
fi
python=${PYTHON:-$venv/bin/python}
"$python" -c 'import onnx, torch; torch.zeros(1, device="cuda")' || fail "$python cannot run PyTorch on the GPU: see above."

mkdir -p target
export CUDA_DEVICE_ORDER=PCI_BUS_ID # as nvidia-smi counts
{
  nvidia-smi --query-gpu=name,memory.total,driver_version --format=csv,noheader
  # Only here: PyTorch brings its own.
  LD_LIBRARY_PATH=$libraries MAVEN="${MAVEN:-mvn} -Pgpu" benchmarks/run.sh --card --only network "$@"
} | tee target/gpu.md
"$python" benchmarks/in_pytorch.py target/gpu.md target/benchmark | tee -a target/gpu.md
