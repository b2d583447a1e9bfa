# Builds the jar and runs a program of the test sources on what the jar holds; for the other scripts of this folder.
set -euo pipefail

launch() {
  local program=$1 file files=()
  shift
  for file in "$@"; do
    # Files are named from where the caller stands, everything else from the project's folder.
    if [[ -f $file ]]; then file=$(realpath "$file"); fi
    files+=("$file")
  done
  cd "$(dirname "${BASH_SOURCE[0]}")/.."
  if [[ -z ${LIPDROP_JAR:-} ]]; then
    ${MAVEN:-mvn} -q -DskipTests package >&2
  fi
  local jar=${LIPDROP_JAR:-target/lipdrop.jar}
  exec java -Djava.awt.headless=true -Dloader.main="$program" -Dloader.path=target/test-classes -cp "$jar" \
    org.springframework.boot.loader.launch.PropertiesLauncher --jar "$jar" "${files[@]}"
}
