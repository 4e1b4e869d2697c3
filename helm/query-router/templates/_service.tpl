{{- define "ashlar.router.facts" -}}
port: 8084
managementPort: 9084
schema: router
cluster: data
roles: [api, system, probe]
uses: [nodes]
peers: []
callers: [filter, export]
# Sealed queries of the platform's own services only: nothing for clients.
paths: []
closedPath: /api/v1/topology
directories: []
credentials:
  database-api-password: ashlar.router.database.api.password
  database-system-password: ashlar.router.database.system.password
  database-probe-password: ashlar.router.database.probe.password
keys:
  # filter-service's: one Secret for both.
  seal: {property: ashlar.router.seal.keys, secret: sealKeys, borrowed: true}
# To each node: its pools, and one for the probe.
connections: {{ add1 (add .Values.database.pools.api .Values.database.pools.job .Values.database.pools.streams) }}
drainSeconds: 0
{{- end }}

{{- define "ashlar.router.properties" -}}
{{- $data := .Values.global.postgresql.data -}}
ashlar.router.database.name={{ $data.database }}
{{- with $data.nodes }}
ashlar.router.topology.nodes={{ join "," . }}
{{- end }}
{{- with $data.service }}
ashlar.router.topology.service={{ . }}
{{- end }}
ashlar.router.flight.api-pool-size={{ .Values.database.pools.api }}
ashlar.router.flight.job-pool-size={{ .Values.database.pools.job }}
ashlar.router.stream.per-node={{ .Values.database.pools.streams }}
{{- end }}
