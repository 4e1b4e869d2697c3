{{/* One Grafana dashboard for a release of a service, found by Grafana's sidecar through its label. */}}
{{- define "ashlar.dashboard.configMap" -}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "ashlar.fullname" . }}-dashboard
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
    {{- with .Values.metrics.dashboards.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.metrics.dashboards.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
data:
  {{ include "ashlar.fullname" . }}.json: |
    {{- include "ashlar.dashboard.json" . | nindent 4 }}
{{- end }}

{{- define "ashlar.dashboard.json" -}}
{{- $model := include "ashlar.dashboard.model" . | fromYaml }}
{{- if hasKey $model "Error" }}{{ fail (get $model "Error") }}{{ end }}
{{- $model | toPrettyJson }}
{{- end }}

{{/* Stable for a release in its namespace, so that links and stars survive upgrades. */}}
{{- define "ashlar.dashboard.uid" -}}
ashlar-{{ printf "%s/%s" .Release.Namespace (include "ashlar.fullname" .) | sha256sum | trunc 16 }}
{{- end }}

{{- define "ashlar.dashboard.model" -}}
{{- $selector := include "ashlar.slo.selector" . }}
{{- $levels := include "ashlar.slo.levels" . -}}
uid: {{ include "ashlar.dashboard.uid" . }}
title: {{ printf "Ashlar / %s" (include "ashlar.fullname" .) | quote }}
description: {{ printf "Service levels, requests and saturation of %s (tier %v) in %s." (index .Chart.Annotations "ashlar.io/chart") .Values.slos.tier .Release.Namespace | quote }}
tags: [ashlar, slo, {{ include "ashlar.key" . }}]
schemaVersion: 39
version: 1
editable: true
graphTooltip: 1
refresh: 30s
timezone: browser
time: {from: now-6h, to: now}
links: []
annotations: {list: []}
templating:
  list:
    - name: datasource
      label: Prometheus
      type: datasource
      query: prometheus
      refresh: 1
      hide: 0
      multi: false
      includeAll: false
      options: []
      current: {}
panels:
  {{- $sections := include "ashlar.dashboard.sections" . | replace "$selector" $selector | replace "$levels" $levels | fromYamlArray }}
  {{- $place := dict "id" 0 "x" 0 "y" 0 }}
  {{- range $sections }}
  {{- if kindIs "string" . }}{{ fail (printf "dashboard: %s" .) }}{{ end }}
  {{- $_ := set $place "id" (add1 $place.id | int) }}
  - id: {{ $place.id }}
    type: row
    title: {{ .row | quote }}
    collapsed: false
    panels: []
    gridPos: {h: 1, w: 24, x: 0, "y": {{ $place.y }}}
  {{- $_ := set $place "y" (add1 $place.y | int) }}
  {{- $_ := set $place "x" 0 }}
  {{- range .panels }}
  {{- if ge $place.x 24 }}
  {{- $_ := set $place "x" 0 }}
  {{- $_ := set $place "y" (add $place.y 8 | int) }}
  {{- end }}
  {{- $_ := set $place "id" (add1 $place.id | int) }}
  - {{ include "ashlar.dashboard.panel" (dict "panel" . "place" $place) | nindent 4 | trim }}
  {{- $_ := set $place "x" (add $place.x 8 | int) }}
  {{- end }}
  {{- $_ := set $place "y" (add $place.y 8 | int) }}
  {{- end }}
{{- end }}

{{/* One panel at its place: three in a line, each 8 by 8 of Grafana's 24 columns. */}}
{{- define "ashlar.dashboard.panel" -}}
{{- $panel := .panel }}{{ $place := .place -}}
id: {{ $place.id }}
type: {{ $panel.type | default "timeseries" }}
title: {{ $panel.title | quote }}
description: {{ $panel.description | quote }}
datasource: {type: prometheus, uid: "${datasource}"}
gridPos: {h: 8, w: 8, x: {{ $place.x }}, "y": {{ $place.y }}}
fieldConfig:
  defaults:
    unit: {{ $panel.unit }}
    {{- with $panel.min }}
    min: {{ . }}
    {{- end }}
    {{- if hasKey $panel "max" }}
    max: {{ $panel.max }}
    {{- end }}
    {{- with $panel.thresholds }}
    thresholds:
      mode: absolute
      steps: {{ toJson . }}
    {{- if eq ($panel.type | default "timeseries") "timeseries" }}
    custom:
      thresholdsStyle: {mode: line}
    {{- end }}
    {{- end }}
  overrides: []
options:
  {{- if eq ($panel.type | default "timeseries") "timeseries" }}
  legend: {displayMode: list, placement: bottom, showLegend: true}
  tooltip: {mode: multi, sort: desc}
  {{- else }}
  reduceOptions: {calcs: [lastNotNull], fields: "", values: false}
  orientation: horizontal
  {{- end }}
targets:
  {{- range $i, $query := $panel.queries }}
  - refId: {{ index (list "A" "B" "C" "D" "E" "F") $i }}
    datasource: {type: prometheus, uid: "${datasource}"}
    expr: {{ $query.expr | trim | toJson }}
    legendFormat: {{ $query.legend | quote }}
    editorMode: code
    range: true
  {{- end }}
{{- end }}
