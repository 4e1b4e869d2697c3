{{/*
What the dashboards show. Descriptions say what to do when a panel looks bad.
A service's own panels are in the define that ends in its key; all have the common ones.
*/}}
{{- define "ashlar.dashboard.sections" -}}
- row: Service levels over 30 days
  panels:
    - title: Error budget left
      type: bargauge
      unit: percentunit
      max: 1
      description: "Above 50 %: healthy. 10 to 50 %: stressed, deploy with care. Below 10 %: nothing but fixes."
      thresholds: [{color: red, value: null}, {color: orange, value: 0.1}, {color: green, value: 0.5}]
      queries:
        - expr: slo:period_error_budget_remaining:ratio{$levels}
          legend: "{{`{{sloth_slo}}`}}"
    - title: Burn rate now
      unit: none
      description: "1 spends the budget in exactly 30 days. A steady 14.4 pages within the hour, 6 within six hours: open the runbook of the alert."
      thresholds: [{color: green, value: null}, {color: orange, value: 1}, {color: red, value: 14.4}]
      queries:
        - expr: slo:current_burn_rate:ratio{$levels}
          legend: "{{`{{sloth_slo}}`}}"
    - title: Error budget over time
      unit: percentunit
      description: A step down is an incident, a slope is a defect. Compare with the deployments.
      thresholds: [{color: red, value: null}, {color: orange, value: 0.1}, {color: green, value: 0.5}]
      queries:
        - expr: slo:period_error_budget_remaining:ratio{$levels}
          legend: "{{`{{sloth_slo}}`}}"
- row: Requests
  panels:
    - title: Requests by route
      unit: reqps
      description: A sudden zero is an outage in front of the service, or a caller that gave up.
      queries:
        - expr: sum by (method, uri) (rate(http_server_requests_seconds_count{$selector}[$__rate_interval]))
          legend: "{{`{{method}} {{uri}}`}}"
    - title: Failed and refused
      unit: reqps
      description: "5xx are ours and spend the budget. 429 is a limit at work, 401 and 403 are callers' rights. RESET: the caller hung up."
      queries:
        - expr: sum by (status) (rate(http_server_requests_seconds_count{$selector,status!~"2..|3.."}[$__rate_interval]))
          legend: "{{`{{status}}`}}"
    - title: Duration
      unit: s
      description: Quantiles out of buckets that end at 1.5 s; slower is drawn as 1.5 s. If only p99 is high, look at garbage collection and pools below.
      queries:
        {{- range list "0.5" "0.95" "0.99" }}
        - expr: histogram_quantile({{ . }}, sum by (le) (rate(http_server_requests_seconds_bucket{$selector}[$__rate_interval])))
          legend: p{{ mulf (float64 .) 100.0 }}
        {{- end }}
- row: Saturation
  panels:
    {{- include (printf "ashlar.dashboard.panels.%s" (include "ashlar.key" .)) . | nindent 4 }}
    - title: Heap after collections
      unit: percentunit
      max: 1
      description: What is left in use when a collection is done. Above 90 % for long, give the pod more memory or look for a leak.
      queries:
        - expr: max by (instance) (jvm_memory_usage_after_gc{$selector,area="heap"})
          legend: "{{`{{instance}}`}}"
    - title: Time in collections
      unit: percentunit
      description: Above a few percent every request waits for the collector. See the heap.
      queries:
        - expr: max by (instance) (jvm_gc_overhead{$selector})
          legend: "{{`{{instance}}`}}"
    - title: CPU
      unit: percentunit
      description: Share of the CPUs the pod may use. Steadily above 80 %, add pods.
      queries:
        - expr: max by (instance) (process_cpu_usage{$selector})
          legend: "{{`{{instance}}`}}"
    - title: Requests under way
      unit: none
      description: Growing while the rate does not means that something below is slow.
      queries:
        - expr: sum by (instance) (http_server_active_requests{$selector})
          legend: "{{`{{instance}}`}}"
    - title: Threads
      unit: none
      description: Growing without end is a leak; a jump of blocked ones is a lock.
      queries:
        - expr: sum by (state) (jvm_threads_states_threads{$selector,state=~"runnable|blocked|waiting|timed-waiting"})
          legend: "{{`{{state}}`}}"
    - title: Event loop backlog
      unit: none
      description: Tasks that wait for the event loop. Steadily above zero, something blocks it.
      queries:
        - expr: sum by (instance) (netty_eventexecutor_tasks_pending{$selector})
          legend: "{{`{{instance}}`}}"
{{- end }}

{{/* Pools of a driver that blocks. */}}
{{- define "ashlar.dashboard.panels.jdbc" -}}
- title: Database connections in use
  unit: none
  description: At the pool's size, requests wait. See the waiting ones beside.
  queries:
    - expr: sum by (datasource) (agroal_active_count{$selector})
      legend: "{{`{{datasource}}`}} in use"
    - expr: sum by (datasource) (agroal_active_count{$selector} + agroal_available_count{$selector})
      legend: "{{`{{datasource}}`}} open"
- title: Waiting for a connection
  unit: none
  description: Steadily above zero, statements are slow or the pool is small. Look at the database before you enlarge it.
  queries:
    - expr: sum by (datasource) (agroal_awaiting_count{$selector})
      legend: "{{`{{datasource}}`}}"
{{- end }}

{{/* Pools of a driver that does not block. */}}
{{- define "ashlar.dashboard.panels.sql" -}}
- title: Database connections in use
  unit: percentunit
  max: 1
  description: Share of each pool. At 1 requests queue up; see beside.
  queries:
    - expr: max by (pool_name) (sql_pool_ratio{$selector})
      legend: "{{`{{pool_name}}`}}"
- title: Waiting for a connection
  unit: none
  description: Steadily above zero, statements are slow or the pool is small. Look at the database before you enlarge it.
  queries:
    - expr: sum by (pool_name) (sql_pool_queue_size{$selector})
      legend: "{{`{{pool_name}}`}}"
{{- end }}

{{/* The limits at the door. */}}
{{- define "ashlar.dashboard.panels.limits" -}}
- title: Rate limits without Redis
  unit: cps
  description: Decisions made by a pod alone. Above zero, Redis is slow or away; limits are only approximate then.
  queries:
    - expr: sum by (instance) (rate(ashlar_guard_rate_limit_alone_total{$selector}[$__rate_interval]))
      legend: "{{`{{instance}}`}}"
{{- end }}

{{/* What a caller of authz-service shows. */}}
{{- define "ashlar.dashboard.panels.decisions" -}}
- title: Decisions out of the cache
  unit: percentunit
  max: 1
  description: "Aim: above 80 %. Low after a deployment is a cold cache; low for long, rights change often or the change topic is behind."
  queries:
    - expr: sum(rate(ashlar_guard_decisions_total{$selector,result="hit"}[$__rate_interval])) / sum(rate(ashlar_guard_decisions_total{$selector,result=~"hit|miss"}[$__rate_interval]))
      legend: hits
- title: Change topic behind
  unit: s
  description: Above 1 s the cache is not trusted and every decision is asked anew. No line at all means that it was never read.
  queries:
    - expr: max by (instance) (ashlar_guard_changes_lag_seconds{$selector})
      legend: "{{`{{instance}}`}}"
- title: Audit spool
  unit: percentunit
  max: 1
  description: Share of the spool that waits for Kafka. At 1, requests that must be audited are refused. Look at Kafka.
  queries:
    - expr: max by (instance) (ashlar_guard_audit_spool_fill{$selector})
      legend: "{{`{{instance}}`}}"
{{- end }}

{{- define "ashlar.dashboard.panels.authz" -}}
- title: Decision spool
  unit: percentunit
  max: 1
  description: At 1 every decision is denied. Look at Kafka, then at the backlog beside.
  queries:
    - expr: max by (instance) (ashlar_authz_spool_fill{$selector})
      legend: "{{`{{instance}}`}}"
- title: Audit events that wait
  unit: bytes
  description: Grows while Kafka does not take them; they survive the process, not the disk.
  queries:
    - expr: sum by (instance) (ashlar_authz_spool_backlog_bytes{$selector})
      legend: "{{`{{instance}}`}}"
- title: Decisions refused for want of room
  unit: cps
  description: Each was a denied request of somebody who may have been in the right.
  queries:
    - expr: sum(rate(ashlar_authz_spool_refused_total{$selector}[$__rate_interval]))
      legend: refused
- title: Snapshot behind
  unit: s
  description: How old the rights are that this pod decides by. Above 1 s revocations are late; look at the relay and at Kafka.
  queries:
    - expr: max by (instance) (ashlar_authz_snapshot_lag_seconds{$selector})
      legend: "{{`{{instance}}`}}"
- title: Snapshots loaded
  unit: cps
  description: Many mean gaps in the change topic; each costs a read of the whole tenant.
  queries:
    - expr: sum by (instance) (rate(ashlar_authz_snapshot_loads_total{$selector}[$__rate_interval]))
      legend: "{{`{{instance}}`}}"
{{ include "ashlar.dashboard.panels.jdbc" . }}
{{ include "ashlar.dashboard.panels.limits" . }}
{{- end }}

{{- define "ashlar.dashboard.panels.filter" -}}
{{ include "ashlar.dashboard.panels.decisions" . }}
{{ include "ashlar.dashboard.panels.sql" . }}
{{ include "ashlar.dashboard.panels.limits" . }}
{{- end }}

{{- define "ashlar.dashboard.panels.router" -}}
- title: Lag of the nodes
  unit: s
  description: The greatest age a node's data can have. Above the bound (3 s) it gets no reads; no line means unknown.
  queries:
    - expr: max by (node) (ashlar_router_lag_seconds{$selector})
      legend: "{{`{{node}}`}}"
- title: Reads by role
  unit: reqps
  description: Replicas should serve more than 90 %. If the primary does, look at lag and breakers.
  queries:
    - expr: sum by (role) (rate(ashlar_router_reads_total{$selector}[$__rate_interval]))
      legend: "{{`{{role}}`}}"
- title: Refused reads
  unit: reqps
  description: By reason. consistency_pending means that no node was fresh enough in time.
  queries:
    - expr: sum by (code) (rate(ashlar_router_refusals_total{$selector}[$__rate_interval]))
      legend: "{{`{{code}}`}}"
- title: Primaries seen
  unit: none
  description: 1 is right. 0, no strong reads. 2 is a fork and needs a person at once.
  queries:
    - expr: max by (instance) (ashlar_router_primaries{$selector})
      legend: "{{`{{instance}}`}}"
- title: Breakers open
  unit: none
  description: 1 means that five failures in a row took the node out. The topology page of the router says why.
  queries:
    - expr: max by (node) (ashlar_router_breaker_open{$selector})
      legend: "{{`{{node}}`}}"
- title: Room on the primary
  unit: none
  description: Places left for reads that replicas cannot serve. At 0 such reads are answered with 503.
  queries:
    - expr: min by (instance) (ashlar_router_fallback_free{$selector})
      legend: "{{`{{instance}}`}} free"
    - expr: max(ashlar_router_fallback_permits{$selector})
      legend: each has
- title: Waits for freshness
  unit: s
  description: Average time that a read waited for its token to be satisfied; over means that it waited in vain.
  queries:
    - expr: sum by (outcome) (rate(ashlar_router_wait_seconds_sum{$selector}[$__rate_interval])) / sum by (outcome) (rate(ashlar_router_wait_seconds_count{$selector}[$__rate_interval]))
      legend: "{{`{{outcome}}`}}"
- title: Streams
  unit: none
  description: Exports that read now. They have a pool of their own.
  queries:
    - expr: sum by (instance) (ashlar_router_streams_running{$selector})
      legend: "{{`{{instance}}`}}"
{{ include "ashlar.dashboard.panels.sql" . }}
{{- end }}

{{- define "ashlar.dashboard.panels.ingest" -}}
- title: Loader behind
  unit: s
  description: How old the youngest moment is whose records are all stored. Above 5 s, look at failed loads and at the database.
  queries:
    - expr: max(ashlar_ingest_loader_lag_seconds{$selector})
      legend: behind
- title: Chunks not stored yet
  unit: none
  description: Accepted, safe on Kafka, waiting for the loader.
  queries:
    - expr: max(ashlar_ingest_loader_lag_chunks{$selector})
      legend: chunks
- title: Rows stored
  unit: wps
  description: Zero while requests are accepted means that the loader stands still.
  queries:
    - expr: sum(rate(ashlar_ingest_loaded_rows_total{$selector}[$__rate_interval]))
      legend: rows
    - expr: sum(rate(ashlar_ingest_loaded_records_total{$selector}[$__rate_interval]))
      legend: records
- title: Failed loads and dead letters
  unit: cps
  description: A failed load is repeated; a dead letter is a record that can never be stored, kept with its reason.
  queries:
    - expr: sum(rate(ashlar_ingest_load_failures_total{$selector}[$__rate_interval]))
      legend: failed loads
    - expr: sum(rate(ashlar_ingest_dead_records_total{$selector}[$__rate_interval]))
      legend: dead letters
- title: Time of a load
  unit: s
  description: Average of one transaction. Growing with its rows is right; growing alone, the disk or a lock is slow.
  queries:
    - expr: sum(rate(ashlar_ingest_load_duration_seconds_sum{$selector}[$__rate_interval])) / sum(rate(ashlar_ingest_load_duration_seconds_count{$selector}[$__rate_interval]))
      legend: average
{{ include "ashlar.dashboard.panels.decisions" . }}
{{ include "ashlar.dashboard.panels.jdbc" . }}
{{ include "ashlar.dashboard.panels.limits" . }}
{{- end }}

{{- define "ashlar.dashboard.panels.export" -}}
- title: Jobs that wait
  unit: none
  description: Growing means fewer free slots than orders. Add pods or slots.
  queries:
    - expr: max by (lane) (ashlar_export_queue_waiting{$selector})
      legend: "{{`{{lane}}`}}"
- title: Oldest job that waits
  unit: s
  description: Beyond a few minutes the queue stands still. Look at running jobs and at the errors in the log.
  queries:
    - expr: max by (lane) (ashlar_export_queue_oldest_seconds{$selector})
      legend: "{{`{{lane}}`}}"
- title: Jobs that run
  unit: none
  description: At the number of slots of every pod the service is full.
  queries:
    - expr: sum by (instance) (ashlar_export_jobs_running{$selector})
      legend: "{{`{{instance}}`}}"
- title: Jobs that ended
  unit: cps
  description: dead spends the budget. failed is an order that could not be carried out as written.
  queries:
    - expr: sum by (outcome) (rate(ashlar_export_job_duration_seconds_count{$selector}[$__rate_interval]))
      legend: "{{`{{outcome}}`}}"
- title: From order to file
  unit: s
  description: 95 % of the jobs, by size, out of buckets that end at 1 h.
  queries:
    - expr: histogram_quantile(0.95, sum by (le, size) (rate(ashlar_export_job_duration_seconds_bucket{$selector,outcome="succeeded"}[$__rate_interval])))
      legend: p95 {{`{{size}}`}}
{{ include "ashlar.dashboard.panels.decisions" . }}
{{ include "ashlar.dashboard.panels.jdbc" . }}
{{ include "ashlar.dashboard.panels.limits" . }}
{{- end }}
