#!/usr/bin/env bash
# Makes the images of the five services and of the smoke test.
#
#   deploy/kubernetes/images.sh [--tag TAG] [--registry PREFIX] [--base IMAGE] [--push] [--import PROGRAM]
#
#   --tag TAG          default dev
#   --registry PREFIX  default localhost; images are PREFIX/ashlar-<service>:TAG
#   --base IMAGE       a JRE 21 or later, default the Dockerfiles' own (BASE_IMAGE)
#   --push             push what was built
#   --import PROGRAM   no Docker: hand each layout to PROGRAM NAME ENTRYPOINT SOURCE:TARGET…, which makes the image and
#                      gives it to the cluster's node; BASE_FILES holds the base's own SOURCE:TARGET pairs
#
# Without Docker and without --import only the layouts are made, under target/images.
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
SERVICES="authz-service filter-service ingest-service query-router export-service"
tag=dev registry=localhost base="" push="" import=""

die() { printf 'images.sh: %s\n' "$*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

while [ $# -gt 0 ]; do
  case "$1" in
    --tag) tag="${2:?--tag needs a value}"; shift 2 ;;
    --registry) registry="${2:?--registry needs a value}"; shift 2 ;;
    --base) base="${2:?--base needs a value}"; shift 2 ;;
    --import) import="${2:?--import needs a program}"; shift 2 ;;
    --push) push=1; shift ;;
    -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) die "no such option: $1 (--help)" ;;
  esac
done
[ -z "$import" ] || [ -x "$import" ] || die "--import: $import cannot be run"

# The layout of one image: target/images/NAME/deployments.
lay_out_service() {
  local service=$1 layout="$ROOT/target/images/ashlar-$1/deployments" built="$ROOT/$1/server/target/quarkus-app"
  [ -f "$built/quarkus-run.jar" ] || die "$service is not built; run ./ashlar build first"
  rm -rf "$layout" && mkdir -p "$layout"
  cp -R "$built/lib" "$built/quarkus" "$built/app" "$built/quarkus-run.jar" "$layout/"
  install -m 0755 "$ROOT/deploy/kubernetes/run" "$layout/run"
}

lay_out_smoke() {
  local layout="$ROOT/target/images/ashlar-smoke/deployments" built="$ROOT/deploy/demo/target" jar
  [ -d "$built/lib" ] || die "the smoke test is not built; run ./ashlar build first"
  rm -rf "$layout" && mkdir -p "$layout/lib"
  for jar in "$built"/lib/*.jar "$built"/ashlar-demo-*.jar; do
    # DuckDB only reads the launcher's --file, and is most of the size.
    case "$jar" in */duckdb*) ;; *) cp "$jar" "$layout/lib/" ;; esac
  done
  install -m 0755 "$ROOT/deploy/kubernetes/run-smoke" "$layout/run"
}

# make IMAGE DOCKERFILE
make() {
  local name="$registry/$1:$tag" layout="$ROOT/target/images/$1"
  if [ -n "$import" ]; then
    # shellcheck disable=SC2086
    "$import" "$name" /deployments/run ${BASE_FILES:-} "$layout/deployments:/deployments"
    say "imported $name"
  elif command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
    docker build -q -f "$2" ${base:+--build-arg BASE_IMAGE="$base"} -t "$name" "$layout" >/dev/null
    [ -z "$push" ] || docker push -q "$name" >/dev/null
    say "built $name"
  else
    say "laid out $layout (no Docker engine, no --import)"
  fi
}

for service in $SERVICES; do
  lay_out_service "$service"
  make "ashlar-$service" "$ROOT/$service/Dockerfile"
done
lay_out_smoke
make ashlar-smoke "$ROOT/deploy/demo/Dockerfile"
