{{/* Labels that name one objective, as Sloth spells them; the namespace keeps two releases apart. */}}
{{- define "ashlar.slo.labels" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 -}}
sloth_id: {{ include "ashlar.fullname" $root }}-{{ $name }}
sloth_service: {{ include "ashlar.fullname" $root }}
sloth_slo: {{ $name }}
namespace: {{ $root.Release.Namespace }}
slo_kind: {{ $slo.kind }}
tier: {{ $slo.tier | default $root.Values.slos.tier | quote }}
{{- with $root.Values.slos.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The same as a selector, of the labels that identify. */}}
{{- define "ashlar.slo.id" -}}
{{- $root := index . 0 }}{{ $name := index . 1 -}}
sloth_id="{{ include "ashlar.fullname" $root }}-{{ $name }}",sloth_service="{{ include "ashlar.fullname" $root }}",sloth_slo="{{ $name }}",namespace="{{ $root.Release.Namespace }}"
{{- end }}

{{/* 0.999 as a ratio of one: a percentage divided without the noise of binary fractions. */}}
{{- define "ashlar.slo.ratio" -}}
{{- round (divf (float64 .) 100.0) 8 -}}
{{- end }}

{{- define "ashlar.slo.budget" -}}
{{- round (subf 1.0 (divf (float64 .) 100.0)) 8 -}}
{{- end }}

{{/*
The share of bad events in a window.
Without traffic there is no value, rather than 0/0: one NaN would blind every average that it falls into, for 30 days.
A kind of event that has not been seen yet counts as none: a service without a single failure has a ratio of 0, not no ratio.
*/}}
{{- define "ashlar.slo.errorRatio" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 }}{{ $window := index . 3 }}
{{- $selector := include "ashlar.slo.selector" $root }}
{{- if hasKey $slo "requests" }}
{{- $requests := printf "%s,uri=~%q" $selector ($slo.requests.routes | default ".+") }}
{{- if eq $slo.kind "latency" -}}
clamp_min(
  1 -
  sum(rate(http_server_requests_seconds_bucket{ {{- $requests }},status!~"5..",le="{{ $slo.requests.within }}"}[{{ $window }}]))
  /
  (sum(rate(http_server_requests_seconds_count{ {{- $requests }},status!~"5.."}[{{ $window }}])) > 0)
, 0)
{{- else -}}
(
  sum(rate(http_server_requests_seconds_count{ {{- $requests }},status=~"5.."}[{{ $window }}]))
  or
  0 * sum(rate(http_server_requests_seconds_count{ {{- $requests }}}[{{ $window }}]))
)
/
(sum(rate(http_server_requests_seconds_count{ {{- $requests }}}[{{ $window }}])) > 0)
{{- end }}
{{- else if hasKey $slo "ratio" }}
{{- $bad := $slo.ratio.bad | trim | replace "$selector" $selector | replace "$window" $window }}
{{- $total := $slo.ratio.total | trim | replace "$selector" $selector | replace "$window" $window -}}
(
  ({{ $bad }})
  or
  0 * ({{ $total }})
)
/
(({{ $total }}) > 0)
{{- else -}}
avg_over_time(ashlar:slo_bad:bool{ {{- include "ashlar.slo.id" . }}}[{{ $window }}])
{{- end }}
{{- end }}

{{- define "ashlar.slo.sliGroup" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 -}}
- name: sloth-slo-sli-recordings-{{ include "ashlar.fullname" $root }}-{{ $name }}
  rules:
    {{- if hasKey $slo "gauge" }}
    # What a gauge says at one instant: 1 is bad. Unknown (NaN) is bad, and missing is missing.
    - record: ashlar:slo_bad:bool
      expr: |
        1 - ({{ $slo.gauge.good | trim | replace "$selector" (include "ashlar.slo.selector" $root) }})
      labels:
        {{- include "ashlar.slo.labels" . | nindent 8 }}
    {{- end }}
    {{- range list "5m" "30m" "1h" "2h" "6h" "1d" "3d" }}
    - record: slo:sli_error:ratio_rate{{ . }}
      expr: |
        {{- include "ashlar.slo.errorRatio" (list $root $name $slo .) | nindent 8 }}
      labels:
        {{- include "ashlar.slo.labels" (list $root $name $slo) | nindent 8 }}
        sloth_window: {{ . }}
    {{- end }}
    - record: slo:sli_error:ratio_rate30d
      expr: |
        sum_over_time(slo:sli_error:ratio_rate5m{ {{- include "ashlar.slo.id" . }}}[30d])
        / ignoring (sloth_window)
        count_over_time(slo:sli_error:ratio_rate5m{ {{- include "ashlar.slo.id" . }}}[30d])
      labels:
        {{- include "ashlar.slo.labels" . | nindent 8 }}
        sloth_window: 30d
{{- end }}

{{- define "ashlar.slo.metaGroup" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 -}}
{{- $labels := include "ashlar.slo.labels" . }}
{{- $id := include "ashlar.slo.id" . -}}
- name: sloth-slo-meta-recordings-{{ include "ashlar.fullname" $root }}-{{ $name }}
  rules:
    - record: slo:objective:ratio
      expr: vector({{ include "ashlar.slo.ratio" $slo.objective }})
      labels:
        {{- $labels | nindent 8 }}
    - record: slo:error_budget:ratio
      expr: vector({{ include "ashlar.slo.budget" $slo.objective }})
      labels:
        {{- $labels | nindent 8 }}
    - record: slo:time_period:days
      expr: vector(30)
      labels:
        {{- $labels | nindent 8 }}
    - record: slo:current_burn_rate:ratio
      expr: |
        slo:sli_error:ratio_rate5m{ {{- $id }}}
        / on (sloth_id, sloth_slo, sloth_service, namespace) group_left
        slo:error_budget:ratio{ {{- $id }}}
      labels:
        {{- $labels | nindent 8 }}
    - record: slo:period_burn_rate:ratio
      expr: |
        slo:sli_error:ratio_rate30d{ {{- $id }}}
        / on (sloth_id, sloth_slo, sloth_service, namespace) group_left
        slo:error_budget:ratio{ {{- $id }}}
      labels:
        {{- $labels | nindent 8 }}
    - record: slo:period_error_budget_remaining:ratio
      expr: 1 - slo:period_burn_rate:ratio{ {{- $id }}}
      labels:
        {{- $labels | nindent 8 }}
    - record: sloth_slo_info
      expr: vector(1)
      labels:
        {{- $labels | nindent 8 }}
        sloth_mode: helm
        sloth_objective: {{ $slo.objective | quote }}
        sloth_spec: prometheus/v1
        sloth_version: {{ $root.Chart.Version | quote }}
{{- end }}

{{/*
One pair of windows: both burn faster than the factor; the short one ends the alert soon after the burning does.
Empty where the error ratio would have to exceed 1: that can never be, and must not look like a guard.
*/}}
{{- define "ashlar.slo.windows" -}}
{{- $id := index . 0 }}{{ $objective := index . 1 }}{{ $factor := index . 2 }}{{ $short := index . 3 }}{{ $long := index . 4 }}
{{- $budget := include "ashlar.slo.budget" $objective }}
{{- if lt (mulf $factor (float64 $budget)) 1.0 -}}
(
  max(slo:sli_error:ratio_rate{{ $short }}{ {{- $id }}} > ({{ $factor }} * {{ $budget }})) without (sloth_window)
  and
  max(slo:sli_error:ratio_rate{{ $long }}{ {{- $id }}} > ({{ $factor }} * {{ $budget }})) without (sloth_window)
)
{{- end }}
{{- end }}

{{/* Two pairs of windows joined; empty if neither can fire. */}}
{{- define "ashlar.slo.burn" -}}
{{- $one := include "ashlar.slo.windows" (index . 0) }}
{{- $other := include "ashlar.slo.windows" (index . 1) }}
{{- join "\nor\n" (without (list $one $other) "") }}
{{- end }}

{{- define "ashlar.slo.alertGroup" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 -}}
{{- $id := include "ashlar.slo.id" . }}
{{- $page := include "ashlar.slo.burn" (list (list $id $slo.objective 14.4 "5m" "1h") (list $id $slo.objective 6.0 "30m" "6h")) }}
{{- $ticket := include "ashlar.slo.burn" (list (list $id $slo.objective 3.0 "2h" "1d") (list $id $slo.objective 1.0 "6h" "3d")) -}}
- name: sloth-slo-alerts-{{ include "ashlar.fullname" $root }}-{{ $name }}
  rules:
    {{- if and (dig "page" true $slo) $page }}
    {{- include "ashlar.slo.burnAlert" (list $root $name $slo "page" $page) | nindent 4 }}
    {{- end }}
    {{- if $ticket }}
    {{- include "ashlar.slo.burnAlert" (list $root $name $slo "ticket" $ticket) | nindent 4 }}
    {{- end }}
    {{- if hasKey $slo "gauge" }}
    - alert: AshlarServiceLevelUnknown
      expr: |
        absent(ashlar:slo_bad:bool{ {{- $id }}})
        and on ()
        count(up{ {{- include "ashlar.slo.selector" $root }}} == 1)
      for: 15m
      labels:
        {{- include "ashlar.slo.labels" . | nindent 8 }}
        {{- include "ashlar.slo.alertLabels" (list $root "ticket") | nindent 8 }}
      annotations:
        summary: {{ include "ashlar.fullname" $root }} runs, but nothing measures {{ $name }}
        description: The metric behind this objective is missing, so no alert on it can fire.
        runbook_url: {{ include "ashlar.slo.runbook" (list $root "AshlarServiceLevelUnknown") }}
    {{- end }}
{{- end }}

{{- define "ashlar.slo.alertLabels" -}}
{{- $root := index . 0 }}{{ $level := index . 1 -}}
sloth_severity: {{ $level }}
severity: {{ index $root.Values.slos.severities $level }}
{{- end }}

{{- define "ashlar.slo.runbook" -}}
{{- $root := index . 0 }}{{ $alert := index . 1 -}}
{{ trimSuffix "/" $root.Values.metrics.rules.runbookBaseUrl }}/{{ $alert }}.md
{{- end }}

{{- define "ashlar.slo.burnAlert" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}{{ $slo := index . 2 }}{{ $level := index . 3 }}{{ $expr := index . 4 -}}
- alert: {{ $slo.alert }}
  expr: |
    {{- $expr | nindent 4 }}
  labels:
    {{- include "ashlar.slo.labels" (list $root $name $slo) | nindent 4 }}
    {{- include "ashlar.slo.alertLabels" (list $root $level) | nindent 4 }}
  annotations:
    title: {{ printf "(%s) {{ $labels.sloth_service }} {{ $labels.sloth_slo }} SLO error budget burn rate is too fast." $level | quote }}
    summary: {{ printf "%s spends the error budget of %s %s" (include "ashlar.fullname" $root) $name (ternary "so fast that it is gone within days" "faster than it comes back" (eq $level "page")) | quote }}
    description: {{ printf "%s Objective: %v %% over 30 days; bad now: {{ $value | humanizePercentage }}." $slo.description $slo.objective | quote }}
    runbook_url: {{ include "ashlar.slo.runbook" (list $root $slo.alert) }}
{{- end }}
