#!/usr/bin/env bash
# Kills Lipdrop and its decoders at each step, and looks at what became of each video:
#   benchmarks/kills.sh [--kills 300] [--minutes 600] [--seed 1] [--inbox DIR --work DIR --outbox DIR]
# Goes on where an earlier run of the same seed ended (target/kills/), ends with the row for docs/reliability.md and a status of 1 where
# something was found. Linux, a JDK 17 and Maven; LIPDROP_JAR=file.jar tries that one and builds nothing.
# With three folders on three file systems, every second home is divided among them.
source "$(dirname "$0")/launch.sh"
launch io.lipdrop.campaign.Kills "$@"
