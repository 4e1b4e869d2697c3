{{/*
Service levels as Prometheus rules and a Grafana dashboard, made of `slos:`.

The recording rules have the names and labels that Sloth (slok/sloth) gives them, so that its dashboards work on them.
Windows and burn rates are those of "Alerting on SLOs" in Google's SRE workbook, for a budget of 30 days.
*/}}

{{/* Everything a service chart renders: one include in templates/slo.yaml. */}}
{{- define "ashlar.slo.resources" -}}
{{- $root := . }}
{{- $catalog := include "ashlar.slo.signalCatalog" . | fromYaml }}
{{- if hasKey $catalog "Error" }}{{ fail (get $catalog "Error") }}{{ end }}
{{- range $name, $slo := .Values.slos.objectives }}
{{- include "ashlar.slo.check" (list $root $name $slo) }}
{{- end }}
{{- range $alert, $signal := .Values.slos.signals }}
{{- include "ashlar.slo.checkSignal" (list $root $alert $signal $catalog) }}
{{- end }}
{{- if .Values.metrics.rules.enabled }}
{{ include "ashlar.slo.rules" . }}
{{- end }}
{{- if .Values.metrics.dashboards.enabled }}
{{ include "ashlar.dashboard.configMap" . }}
{{- end }}
{{- end }}

{{/* The rules, for the Prometheus operator or as a plain rule file. */}}
{{- define "ashlar.slo.rules" -}}
---
{{- if eq .Values.metrics.rules.kind "PrometheusRule" }}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "ashlar.fullname" . }}-slo
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
    {{- with .Values.metrics.rules.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    {{- include "ashlar.slo.groups" . | nindent 4 }}
{{- else }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "ashlar.fullname" . }}-slo
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
    {{- with .Values.metrics.rules.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
data:
  {{ include "ashlar.fullname" . }}.rules.yaml: |
    groups:
      {{- include "ashlar.slo.groups" . | nindent 6 }}
{{- end }}
{{- end }}

{{- define "ashlar.slo.groups" -}}
{{- $root := . }}
{{- range $name, $slo := .Values.slos.objectives }}
{{- if dig "enabled" true $slo }}
{{- include "ashlar.slo.sliGroup" (list $root $name $slo) }}
{{ include "ashlar.slo.metaGroup" (list $root $name $slo) }}
{{ include "ashlar.slo.alertGroup" (list $root $name $slo) }}
{{ end }}
{{- end }}
{{- include "ashlar.slo.signalGroup" . }}
{{- end }}

{{/* Which series are this release's: by the labels a ServiceMonitor gives them, unless told otherwise. */}}
{{- define "ashlar.slo.selector" -}}
{{- .Values.metrics.selector | default (printf "service=%q,namespace=%q" (include "ashlar.fullname" .) .Release.Namespace) -}}
{{- end }}

{{/* Which recorded service levels are this release's. */}}
{{- define "ashlar.slo.levels" -}}
{{- printf "sloth_service=%q,namespace=%q" (include "ashlar.fullname" .) .Release.Namespace -}}
{{- end }}

{{/* The boundaries of http_server_requests_seconds_bucket, set by the guard's meter filter. */}}
{{- define "ashlar.slo.buckets" -}}
[0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.5]
{{- end }}

{{/* A mistyped objective would be an alert that never comes: it is refused with what to write instead. */}}
{{- define "ashlar.slo.check" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 }}
{{- $at := printf "slos.objectives.%s of %s" $name (index $root.Chart.Annotations "ashlar.io/chart") }}
{{- if not (regexMatch "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$" $name) }}
{{- fail (printf "%s: name it with lower-case letters, digits and dashes" $at) }}
{{- end }}
{{- include "ashlar.slo.checkKeys" (list $at $slo (list "enabled" "kind" "objective" "page" "alert" "description" "tier" "requests" "ratio" "gauge")) }}
{{- range list "kind" "objective" "alert" "description" }}
{{- if not (hasKey $slo .) }}{{ fail (printf "%s: set %s" $at .) }}{{ end }}
{{- end }}
{{- if not (has $slo.kind (list "availability" "latency" "correctness" "freshness")) }}
{{- fail (printf "%s: kind %q is none of availability, latency, correctness, freshness" $at $slo.kind) }}
{{- end }}
{{- if or (not (or (kindIs "float64" $slo.objective) (kindIs "int64" $slo.objective) (kindIs "int" $slo.objective))) (le (float64 $slo.objective) 0.0) (ge (float64 $slo.objective) 100.0) }}
{{- fail (printf "%s: objective %v must be a percentage above 0 and below 100; at 100 there is no budget" $at $slo.objective) }}
{{- end }}
{{- if not (regexMatch "^[A-Za-z][A-Za-z0-9_]*$" $slo.alert) }}
{{- fail (printf "%s: alert %q must be a name of letters and digits" $at $slo.alert) }}
{{- end }}
{{- $sources := list }}
{{- range list "requests" "ratio" "gauge" }}
{{- if hasKey $slo . }}{{ $sources = append $sources . }}{{ end }}
{{- end }}
{{- if ne (len $sources) 1 }}
{{- fail (printf "%s has %d sources; set exactly one of requests, ratio, gauge" $at (len $sources)) }}
{{- end }}
{{- with $slo.requests }}
{{- include "ashlar.slo.checkKeys" (list (printf "%s: requests" $at) . (list "routes" "within")) }}
{{- if and (eq $slo.kind "latency") (not (has (toString .within) (include "ashlar.slo.buckets" $root | fromYamlArray | toStrings))) }}
{{- fail (printf "%s: requests.within must be a bucket's boundary, one of %s" $at (include "ashlar.slo.buckets" $root)) }}
{{- end }}
{{- if and (ne $slo.kind "latency") (hasKey . "within") }}
{{- fail (printf "%s: requests.within is for the kind latency only" $at) }}
{{- end }}
{{- end }}
{{- with $slo.ratio }}
{{- include "ashlar.slo.checkKeys" (list (printf "%s: ratio" $at) . (list "bad" "total")) }}
{{- range $side := list "bad" "total" }}
{{- $query := get $slo.ratio $side | default "" }}
{{- if not (and (contains "$selector" $query) (contains "[$window]" $query)) }}
{{- fail (printf "%s: ratio.%s must contain $selector and [$window]" $at $side) }}
{{- end }}
{{- end }}
{{- end }}
{{- with $slo.gauge }}
{{- include "ashlar.slo.checkKeys" (list (printf "%s: gauge" $at) . (list "good")) }}
{{- if not (contains "$selector" (.good | default "")) }}
{{- fail (printf "%s: gauge.good must contain $selector" $at) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "ashlar.slo.checkKeys" -}}
{{- $at := index . 0 }}{{ $map := index . 1 }}{{ $known := index . 2 }}
{{- range $key, $_ := $map }}
{{- if not (has $key $known) }}
{{- fail (printf "%s: %q is no known key; known are %s" $at $key (join ", " $known)) }}
{{- end }}
{{- end }}
{{- end }}
