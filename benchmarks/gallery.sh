#!/usr/bin/env bash
# Writes contact sheets, before and after, to target/gallery/<name>.png:  benchmarks/gallery.sh [video or picture …]
# Needs a JDK 17 and Maven. LIPDROP_JAR=file.jar shows that one and builds nothing.
source "$(dirname "$0")/launch.sh"
launch io.lipdrop.benchmark.Gallery "$@"
