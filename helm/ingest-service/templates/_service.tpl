{{- define "ashlar.ingest.facts" -}}
port: 8083
managementPort: 9083
schema: ingest
cluster: data
roles: [api, system]
uses: [oidcClient, kafka, redis]
peers: [authz]
callers: []
paths: [/api/v1/telemetry, /api/v1/attributes, /api/v1/dead-letters, /api/v1/reconciliation]
closedPath: /api/v1/attributes
directories:
  - {name: audit-spool, path: /var/lib/ashlar/audit, sizeLimit: 512Mi}
credentials:
  database-api-password: ashlar.ingest.database.api.password
  database-system-password: ashlar.ingest.database.system.password
  oidc-client-secret: ashlar.ingest.oidc.client-secret
keys:
  cursor: {property: ashlar.ingest.cursor.keys, secret: keys}
  receipt: {property: ashlar.ingest.receipt.keys, secret: keys}
connections: {{ add .Values.database.pools.api .Values.database.pools.system }}
drainSeconds: 5
{{- end }}

{{- define "ashlar.ingest.properties" -}}
ashlar.ingest.database.api.pool-size={{ .Values.database.pools.api }}
ashlar.ingest.database.system.pool-size={{ .Values.database.pools.system }}
ashlar.ingest.topics.create={{ .Values.topics.create }}
ashlar.ingest.topics.replicas={{ .Values.topics.replicas }}
ashlar.guard.audit.directory=/var/lib/ashlar/audit
{{- end }}
