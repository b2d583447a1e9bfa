#!/usr/bin/env bash
# Prints the figures of benchmarks/README.md as one Markdown table:  benchmarks/run.sh [--quick] [--only cpu,…] [talker.mpg …]
# Needs a JDK 17, Maven and Linux. LIPDROP_JAR=file.jar measures that one and builds nothing.
source "$(dirname "$0")/launch.sh"
launch io.lipdrop.benchmark.Benchmark "$@"
