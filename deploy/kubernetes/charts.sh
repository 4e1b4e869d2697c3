#!/usr/bin/env bash
# charts.sh [helm]: packs what each chart depends on into its charts/, in order: library, services, umbrella.
# The command helm is taken from PATH, or is the argument.
set -euo pipefail
helm=${1:-helm}
cd "$(dirname "$0")/../../helm"
for chart in authz-service filter-service ingest-service query-router export-service ashlar; do
  rm -rf "$chart/charts" "$chart/Chart.lock"
  "$helm" dependency build "$chart" > /dev/null
  echo "$chart: $(find "$chart/charts" -name '*.tgz' | wc -l) packed"
done
