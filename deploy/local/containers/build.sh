#!/usr/bin/env bash
# build.sh [BASE_IMAGE]: makes the images of -Dashlar.stack=containers from the servers' Maven artifacts and a Debian base.
# Nothing is pulled but BASE_IMAGE (debian:bookworm-slim unless given). Build the module first: mvn install -pl deploy/local
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
BASE_IMAGE="${1:-debian:bookworm-slim}"
CLASSES="$HERE/../target/classes"
CONTEXT="$HERE/../target/containers"
JAVA="${JAVA_HOME:+$JAVA_HOME/bin/}"

[ -f "$CLASSES/io/ashlar/local/servers.properties" ] || {
  echo "build.sh: build the module first: mvn install -pl deploy/local" >&2
  exit 1
}
# XZ unpacks PostgreSQL; its jar is named in the same list as the issuer's.
REPOSITORY="${MAVEN_REPO_LOCAL:-$HOME/.m2/repository}"
XZ="$(tr '|=' '\n\n' <"$CLASSES/io/ashlar/local/servers.properties" | grep -m 1 '^org/tukaani/xz/')"
"${JAVA}java" "-Dmaven.repo.local=$REPOSITORY" -cp "$CLASSES:$REPOSITORY/$XZ" \
  io.ashlar.local.containers.ImageContexts "$CONTEXT"
"${JAVA}jlink" --add-modules java.se,jdk.unsupported,jdk.crypto.ec,jdk.management,jdk.naming.dns,jdk.zipfs \
  --strip-debug --no-header-files --no-man-pages --output "$CONTEXT/jre"
cp -R "$CONTEXT/jre" "$CONTEXT/kafka/jre"
cp -R "$CONTEXT/jre" "$CONTEXT/s3proxy/jre"

image() {
  cp "$HERE/$1.sh" "$CONTEXT/$1/start.sh"
  docker build --quiet --build-arg "BASE_IMAGE=$BASE_IMAGE" -f "$HERE/$1.Dockerfile" -t "ashlar-local/$1:$2" "$CONTEXT/$1"
}
image postgres 18.6.0
image kafka 4.1.1
image redis 6.2
image s3proxy 4.1.1
docker images 'ashlar-local/*'
