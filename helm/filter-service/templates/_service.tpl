{{- define "ashlar.filter.facts" -}}
port: 8082
managementPort: 9082
schema: filter
cluster: control
roles: [api]
uses: [oidcClient, kafka, redis]
peers: [authz, router]
callers: [export]
paths: [/api/v1/datasets, /api/v1/impact]
closedPath: /api/v1/datasets
directories:
  - {name: audit-spool, path: /var/lib/ashlar/audit, sizeLimit: 512Mi}
credentials:
  database-api-password: ashlar.filter.database.api.password
  oidc-client-secret: ashlar.filter.oidc.client-secret
keys:
  cursor: {property: ashlar.filter.cursor.keys, secret: keys}
  impact: {property: ashlar.filter.impact.keys, secret: keys}
  seal: {property: ashlar.filter.seal.keys, secret: sealKeys}
connections: {{ .Values.database.pools.api }}
drainSeconds: 5
{{- end }}

{{- define "ashlar.filter.properties" -}}
ashlar.filter.database.pool-size={{ .Values.database.pools.api }}
ashlar.guard.audit.directory=/var/lib/ashlar/audit
{{- end }}
