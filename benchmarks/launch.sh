# Builds the jar and runs a program of src/benchmarks/java on what the jar holds; for the other scripts of this folder.
set -euo pipefail

# The arguments are the caller's and nothing else; files among them are named from where the caller stands.
launch() {
  local program=$1 caller=$PWD jar=${LIPDROP_JAR:-}
  shift
  if [[ -n $jar ]]; then jar=$(realpath "$jar"); fi
  cd "$(dirname "${BASH_SOURCE[0]}")/.."
  if [[ -z $jar ]]; then
    ${MAVEN:-mvn} -q -DskipTests package >&2
    jar=$PWD/target/lipdrop.jar
  fi
  # JavaCV is a dependency of the tests only and not in the jar.
  local javacv
  javacv=$(find "$HOME/.m2/repository/org/bytedeco/javacv" -name 'javacv-*.jar' 2>/dev/null | sort | tail -n 1 || true)
  exec java -Djava.awt.headless=true -Dlipdrop.jar="$jar" -Dlipdrop.caller="$caller" -Dloader.main="$program" \
    -Dloader.path="target/test-classes${javacv:+,$javacv}" -cp "$jar" org.springframework.boot.loader.launch.PropertiesLauncher "$@"
}
