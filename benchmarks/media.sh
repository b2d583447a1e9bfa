#!/usr/bin/env bash
# Mutated media through the probe and the decoders, and through the application:
#   benchmarks/media.sh [--files 10000] [--application 500] [--minutes 600] [--seed 1]
# Goes on where an earlier run of the same seed ended (target/mutated-media/), ends with the row for docs/reliability.md and a status of 1 where
# something was found. Linux, a JDK 17 and Maven; LIPDROP_JAR=file.jar tries that one and builds nothing.
# By zzuf where /usr/bin/zzuf is there (apt install zzuf).
source "$(dirname "$0")/launch.sh"
launch io.lipdrop.campaign.MutatedMedia "$@"
