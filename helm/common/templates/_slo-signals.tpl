{{/*
Alerts on causes: what spends no budget yet but will, and what must never be.
Each is one entry; a chart's `slos.signals` says which it has, and sets `for`, severity and threshold.
*/}}
{{- define "ashlar.slo.signalCatalog" -}}
AshlarErrorBudgetSpent:
  expr: slo:period_error_budget_remaining:ratio{$levels} < $threshold
  summary: $service has little error budget left
  description: "{{`{{ $value | humanizePercentage }}`}} of the 30 days' budget of {{`{{ $labels.sloth_slo }}`}} is left. Deploy nothing but fixes until it has come back."
AshlarServiceDown:
  expr: absent(up{$selector} == 1)
  summary: $service has no pod that answers
  description: Prometheus reaches no pod of it. Without traffic no error ratio shows this.
AshlarPodDown:
  expr: up{$selector} == 0
  summary: A pod of $service does not answer
  description: Pod {{`{{ $labels.instance }}`}} is known but cannot be scraped.
AshlarHeapNearlyFull:
  expr: max by (instance) (jvm_memory_usage_after_gc{$selector,area="heap"}) > $threshold
  summary: The heap of $service is nearly full even after collections
  description: "{{`{{ $value | humanizePercentage }}`}} of the old generation of {{`{{ $labels.instance }}`}} is in use after a collection: it will slow down, then die."
AshlarRedisUnreachable:
  expr: min(ashlar_guard_rate_limit_redis_up{$selector}) < 1
  summary: A pod of $service cannot reach Redis
  description: Rate limits go on with each pod's share of the last limit. Requests are served.
AshlarAuthorizationUnavailable:
  expr: sum(rate(ashlar_guard_decisions_total{$selector,result="unavailable"}[5m])) > $threshold
  summary: $service cannot reach authz-service
  description: "{{`{{ $value | humanize }}`}} questions a second stay without an answer; those requests are refused."
AshlarAuthorizationCacheBehind:
  expr: max by (instance) (ashlar_guard_changes_lag_seconds{$selector}) > $threshold
  summary: $service is behind with changes of rights
  description: "{{`{{ $labels.instance }}`}} is {{`{{ $value | humanizeDuration }}`}} behind. Above 1 s every decision is asked anew: slow, never wrong."
AshlarAuditSpoolFilling:
  expr: max by (instance) (ashlar_guard_audit_spool_fill{$selector}) > $threshold
  summary: The audit spool of $service fills up
  description: "{{`{{ $value | humanizePercentage }}`}} on {{`{{ $labels.instance }}`}}. When it is full, requests that must be audited are refused."
AshlarDecisionSpoolFilling:
  expr: max by (instance) (ashlar_authz_spool_fill{$selector}) > $threshold
  summary: The decision spool of $service fills up
  description: "{{`{{ $value | humanizePercentage }}`}} on {{`{{ $labels.instance }}`}}. When it is full, decisions are denied for the whole platform."
AshlarConnectionsExhausted:
  expr: max by (instance, datasource) (agroal_awaiting_count{$selector}) > $threshold
  summary: Threads of $service wait for database connections
  description: "{{`{{ $value }}`}} wait for the pool {{`{{ $labels.datasource }}`}} on {{`{{ $labels.instance }}`}}."
AshlarSqlPoolQueued:
  expr: max by (instance, pool_name) (sql_pool_queue_size{$selector}) > $threshold
  summary: Requests of $service wait for database connections
  description: "{{`{{ $value }}`}} wait for the pool {{`{{ $labels.pool_name }}`}} on {{`{{ $labels.instance }}`}}."
AshlarPrimaryFork:
  expr: max(ashlar_router_primaries{$selector}) > 1
  summary: Two PostgreSQL primaries on one timeline
  description: Strong reads are refused. Whatever is written now may be lost; a person must fence one out.
AshlarPrimaryMissing:
  expr: max(ashlar_router_primaries{$selector}) < 1
  summary: No router sees a PostgreSQL primary
  description: Strong reads and all writes fail; eventual reads go on, marked as degraded.
AshlarTenantLost:
  expr: sum(increase(ashlar_router_tenant_lost_total{$selector}[15m])) > 0
  summary: A connection answered for another tenant than the one asked for
  description: The proof held the rows back; nothing leaked. A pooler or a driver mixes sessions up.
AshlarReplicaBreakerOpen:
  expr: max by (node) (ashlar_router_breaker_open{$selector}) > 0
  summary: The router keeps away from replica {{`{{ $labels.node }}`}}
  description: Five failures in a row opened its breaker. The other nodes carry its share.
AshlarFallbackExhausted:
  expr: min by (instance) (ashlar_router_fallback_free{$selector}) < 1
  summary: The primary takes no more reads that replicas cannot serve
  description: The share of {{`{{ $labels.instance }}`}} is used up. Further reads that need the primary are answered with 503.
AshlarLoadFailing:
  expr: sum(rate(ashlar_ingest_load_failures_total{$selector}[5m])) > $threshold
  summary: Loads into PostgreSQL fail
  description: "{{`{{ $value | humanize }}`}} a second. Accepted records wait on Kafka; none is lost."
AshlarDeadLetters:
  expr: sum(increase(ashlar_ingest_dead_records_total{$selector}[1h])) > $threshold
  summary: Many records become dead letters
  description: "{{`{{ $value | humanize }}`}} within an hour. They are kept with their reasons."
AshlarExportQueueStuck:
  expr: max by (lane) (ashlar_export_queue_oldest_seconds{$selector}) > $threshold
  summary: The export queue stands still
  description: "The oldest job of the lane {{`{{ $labels.lane }}`}} has waited for {{`{{ $value | humanizeDuration }}`}}."
{{- end }}

{{- define "ashlar.slo.signalGroup" -}}
{{- $root := . }}
{{- $catalog := include "ashlar.slo.signalCatalog" . | fromYaml }}
{{- $selector := include "ashlar.slo.selector" . }}
{{- $levels := include "ashlar.slo.levels" . -}}
- name: ashlar-signals-{{ include "ashlar.fullname" . }}
  rules:
    {{- range $alert, $signal := .Values.slos.signals }}
    {{- if dig "enabled" true $signal }}
    {{- $entry := get $catalog $alert }}
    - alert: {{ $alert }}
      expr: {{ $entry.expr | replace "$selector" $selector | replace "$levels" $levels | replace "$threshold" (toString $signal.threshold) | quote }}
      for: {{ $signal.for }}
      labels:
        sloth_service: {{ include "ashlar.fullname" $root }}
        namespace: {{ $root.Release.Namespace }}
        tier: {{ $root.Values.slos.tier | quote }}
        {{- with $root.Values.slos.labels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- include "ashlar.slo.alertLabels" (list $root $signal.severity) | nindent 8 }}
      annotations:
        summary: {{ $entry.summary | replace "$service" (include "ashlar.fullname" $root) | quote }}
        description: {{ $entry.description | quote }}
        runbook_url: {{ include "ashlar.slo.runbook" (list $root $alert) }}
    {{- end }}
    {{- end }}
{{- end }}

{{- define "ashlar.slo.checkSignal" -}}
{{- $root := index . 0 }}{{ $alert := index . 1 }}{{ $signal := index . 2 }}{{ $catalog := index . 3 }}
{{- $at := printf "slos.signals.%s of %s" $alert (index $root.Chart.Annotations "ashlar.io/chart") }}
{{- if not (hasKey $catalog $alert) }}
{{- fail (printf "%s is no known signal; known are %s" $at (keys $catalog | sortAlpha | join ", ")) }}
{{- end }}
{{- $takesThreshold := contains "$threshold" (get $catalog $alert).expr }}
{{- include "ashlar.slo.checkKeys" (list $at $signal (ternary (list "enabled" "severity" "for" "threshold") (list "enabled" "severity" "for") $takesThreshold)) }}
{{- if not (has $signal.severity (list "page" "ticket")) }}
{{- fail (printf "%s: severity must be page or ticket" $at) }}
{{- end }}
{{- if not (regexMatch "^[0-9]+(s|m|h)$" (toString $signal.for)) }}
{{- fail (printf "%s: for must be a time such as 5m" $at) }}
{{- end }}
{{- if and $takesThreshold (not (regexMatch "^-?[0-9]+([.][0-9]+)?$" (toString $signal.threshold))) }}
{{- fail (printf "%s: threshold must be a number" $at) }}
{{- end }}
{{- end }}
