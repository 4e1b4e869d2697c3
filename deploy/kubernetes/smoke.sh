#!/usr/bin/env bash
# Installs Ashlar into the cluster of KUBECONFIG, shows that it works, and takes it away again.
#
#   deploy/kubernetes/smoke.sh --files DIR [OPTIONS]
#
#   --files DIR        values.yaml and secrets.yaml: the endpoints to use and the Secrets they name
#                      (`./ashlar helm-files DIR` writes them for the servers of `./ashlar up --listen ADDRESS`)
#   --values FILE      further values, e.g. deploy/kubernetes/small.yaml for a cluster of one small node
#   --registry PREFIX  default localhost; --tag TAG: default dev (see images.sh)
#   --namespace NAME   default ashlar; made with pod-security `restricted`, and removed at the end
#   --release NAME     default ashlar
#   --timeout SECONDS  for all pods to become ready, default 600
#   --restarts         also delete a pod of each service, upgrade and roll back, while requests run none of which may fail
#   --keep             leave everything installed
#
# Needs kubectl and helm 3.18 or later. Exits 0 only if every step showed what it says.
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
files="" registry=localhost tag=dev namespace=ashlar release=ashlar timeout=600 restarts="" keep=""
extra=()

die() { printf 'smoke.sh: %s\n' "$*" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case "$1" in
    --files) files="${2:?--files needs a folder}"; shift 2 ;;
    --values) extra+=(--values "${2:?--values needs a file}"); shift 2 ;;
    --registry) registry="${2:?--registry needs a value}"; shift 2 ;;
    --tag) tag="${2:?--tag needs a value}"; shift 2 ;;
    --namespace) namespace="${2:?--namespace needs a name}"; shift 2 ;;
    --release) release="${2:?--release needs a name}"; shift 2 ;;
    --timeout) timeout="${2:?--timeout needs seconds}"; shift 2 ;;
    --restarts) restarts=1; shift ;;
    --keep) keep=1; shift ;;
    -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) die "no such option: $1 (--help)" ;;
  esac
done
command -v kubectl >/dev/null 2>&1 || die "kubectl is missing"
command -v helm >/dev/null 2>&1 || die "helm is missing"
[ -n "$files" ] || die "--files DIR is missing (--help)"
[ -f "$files/values.yaml" ] && [ -f "$files/secrets.yaml" ] || die "$files has no values.yaml and secrets.yaml"
kubectl version >/dev/null 2>&1 || die "the cluster of KUBECONFIG does not answer"

k() { kubectl --namespace "$namespace" "$@"; }
step() { printf '\n== %s\n' "$*"; }
proven() { printf '   proven: %s\n' "$*"; }

# start_job NAME ARGUMENT…: the smoke test's image with these arguments, told where the Services are.
start_job() {
  local name=$1 arguments
  shift
  arguments="$(printf '"%s", ' "$@")"
  k delete job "$name" --ignore-not-found --wait >/dev/null
  k apply -f - >/dev/null <<MANIFEST
apiVersion: batch/v1
kind: Job
metadata: {name: $name}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: smoke
          image: $registry/ashlar-smoke:$tag
          imagePullPolicy: IfNotPresent
          args: [${arguments%, }]
          securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
          env:
            - {name: SMOKE_AUTHZ_URL, value: "http://$release-authz:8081"}
            - {name: SMOKE_FILTER_URL, value: "http://$release-filter:8082"}
            - {name: SMOKE_INGEST_URL, value: "http://$release-ingest:8083"}
            - {name: SMOKE_ROUTER_URL, value: "http://$release-router:8084"}
            - {name: SMOKE_EXPORT_URL, value: "http://$release-export:8085"}
            - {name: SMOKE_TOKEN_URL, valueFrom: {secretKeyRef: {name: $release-smoke, key: token-url}}}
            - {name: SMOKE_USERS, valueFrom: {secretKeyRef: {name: $release-smoke, key: users}}}
          volumeMounts: [{name: tmp, mountPath: /tmp}]
          resources: {requests: {cpu: 50m, memory: 256Mi}, limits: {memory: 512Mi}}
      volumes: [{name: tmp, emptyDir: {}}]
MANIFEST
}

# end_job NAME SECONDS: waits for its end, shows what it said; fails if it failed.
end_job() {
  local name=$1 deadline=$((SECONDS + $2))
  until [ -n "$(k get job "$name" -o jsonpath='{.status.conditions[?(@.type=="Complete")].status}{.status.conditions[?(@.type=="Failed")].status}')" ]; do
    k wait --for=condition=Complete "job/$name" --timeout=5s >/dev/null 2>&1 || true
    [ "$SECONDS" -lt "$deadline" ] || die "job $name does not end"
  done
  k logs "job/$name"
  [ "$(k get job "$name" -o jsonpath='{.status.succeeded}')" = 1 ]
}

all_ready() {
  local service
  for service in authz filter ingest router export; do
    k rollout status "deployment/$release-$service" --timeout="${timeout}s" >/dev/null
  done
}

key_sets() { k get secrets -l app.kubernetes.io/part-of=ashlar -o jsonpath='{range .items[*]}{.metadata.name}{.data}{"\n"}{end}' | sha256sum; }

# What to look at when a step fails; the installation stays for it.
explain() {
  local status=$?
  [ "$status" -ne 0 ] || return 0
  printf '\nFAILED; what is there now (nothing is removed):\n' >&2
  k get pods,jobs -o wide >&2 || true
  k get events --sort-by=.lastTimestamp 2>/dev/null | tail -n 15 >&2 || true
}
trap explain EXIT

step "a namespace that admits only restricted pods"
kubectl create namespace "$namespace" --dry-run=client -o yaml | kubectl apply -f - >/dev/null
kubectl label --overwrite namespace "$namespace" \
  pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/warn=restricted >/dev/null
k apply -f "$files/secrets.yaml" >/dev/null
proven "namespace $namespace, $(k get secrets -o name | wc -l) Secrets with what others gave"

step "install"
"$ROOT/deploy/kubernetes/charts.sh" >/dev/null
started=$SECONDS
helm install "$release" "$ROOT/helm/ashlar" --namespace "$namespace" --values "$files/values.yaml" \
  ${extra[@]+"${extra[@]}"} --set "global.image.registry=$registry" --set-string "global.image.tag=$tag" \
  --set global.trialSecrets.create=true --wait --timeout "${timeout}s" >/dev/null
k get pods --selector app.kubernetes.io/component=server \
  -o custom-columns=POD:.metadata.name,READY:.status.conditions[?\(@.type==\"Ready\"\)].status,RESTARTS:.status.containerStatuses[0].restartCount
proven "every pod Ready $((SECONDS - started)) s after the install began; schemas migrated by Jobs, nobody else may"

step "helm test"
helm test "$release" --namespace "$namespace" --timeout 180s | grep -E '^(TEST SUITE|Phase)' | paste - - | sed 's/^/   /'
proven "each service is ready through its Service, and closed to whoever has no token"

step "the main job, from a pod, through the Services"
start_job "$release-smoke" smoke
end_job "$release-smoke" "$timeout" || die "the main job failed"
proven "token, ingest, own write read on a replica, query, export, download, receipt verified, all inside the cluster"

if [ -n "$restarts" ]; then
  step "restarts, while about ten requests a second go to each service and none is tried twice"
  before="$(key_sets)"
  start_job "$release-trickle" trickle --seconds 3600 --until /tmp/enough
  k wait --for=condition=Ready pod --selector "job-name=$release-trickle" --timeout=120s >/dev/null
  for service in authz filter ingest router export; do
    victim="$(k get pods --selector "app.kubernetes.io/name=$service,app.kubernetes.io/component=server" -o 'jsonpath={.items[0].metadata.name}')"
    k delete pod "$victim" --wait >/dev/null
    all_ready
    printf '   %s deleted and replaced\n' "$victim"
  done
  # One service after the other: all at once, a small node has no time left for the requests that are to be counted.
  for service in authz filter ingest router export; do
    helm upgrade "$release" "$ROOT/helm/ashlar" --namespace "$namespace" --reuse-values \
      --set-string "$service.podAnnotations.smoke=1" --wait --timeout "${timeout}s" >/dev/null
    helm rollback "$release" --namespace "$namespace" --wait --timeout "${timeout}s" >/dev/null
    all_ready
    printf '   %s upgraded and rolled back: each of its pods replaced twice\n' "$service"
  done
  helm upgrade "$release" "$ROOT/helm/ashlar" --namespace "$namespace" --reuse-values --wait --timeout "${timeout}s" >/dev/null
  k exec "job/$release-trickle" -- touch /tmp/enough
  end_job "$release-trickle" 120 || die "requests failed"
  [ "$before" = "$(key_sets)" ] || die "the key sets changed"
  k delete job "$release-trickle" --wait >/dev/null
  proven "no request failed; the key sets are the same as before"
fi

[ -z "$keep" ] || { printf '\nKept: helm uninstall %s --namespace %s\n' "$release" "$namespace"; exit 0; }

step "uninstall"
k delete job "$release-smoke" --wait >/dev/null
helm uninstall "$release" --namespace "$namespace" --wait >/dev/null
# Pods end after their Deployments; if one stays, the next line says which.
k wait --for=delete pod --selector app.kubernetes.io/part-of=ashlar --timeout=120s >/dev/null 2>&1 || true
left="$(k get all,configmap,networkpolicy,poddisruptionbudget,serviceaccount,ingress -l app.kubernetes.io/part-of=ashlar -o name)"
[ -z "$left" ] || die "left behind: $left"
kept="$(k get secrets -l app.kubernetes.io/part-of=ashlar -o name | paste -sd' ')"
proven "nothing is left but the key sets, which stay by their policy: $kept"
kubectl delete namespace "$namespace" --wait >/dev/null
printf '\nAll steps showed what they say.\n'
