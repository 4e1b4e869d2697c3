{{- define "ashlar.export.facts" -}}
port: 8085
managementPort: 9085
schema: export
cluster: control
roles: [api, system]
uses: [oidcClient, kafka, redis, s3{{ if .Values.webhooks.enabled }}, webhooks{{ end }}]
peers: [authz, filter, router]
callers: []
paths: [/api/v1/exports, /api/v1/webhooks, /api/v1/receipts]
closedPath: /api/v1/exports
directories:
  - {name: audit-spool, path: /var/lib/ashlar/audit, sizeLimit: 512Mi}
  - {name: export-spool, path: /var/spool/ashlar, sizeLimit: {{ .Values.spool.sizeLimit }}}
credentials:
  database-api-password: ashlar.export.database.api.password
  database-system-password: ashlar.export.database.system.password
  oidc-client-secret: ashlar.export.oidc.client-secret
  s3-access-key: ashlar.export.s3.access-key
  s3-secret-key: ashlar.export.s3.secret-key
keys:
  cursor: {property: ashlar.export.cursor.keys, secret: keys}
  receipt: {property: ashlar.export.receipt.keys, secret: keys, form: base64url}
  {{- if .Values.webhooks.enabled }}
  webhook: {property: ashlar.export.webhook.keys, secret: keys}
  {{- end }}
# LISTEN and advisory locks have four of their own.
connections: {{ add .Values.database.pools.api .Values.database.pools.system 4 }}
drainSeconds: 5
{{- end }}

{{- define "ashlar.export.properties" -}}
{{- $s3 := .Values.global.s3 -}}
ashlar.export.s3.endpoint={{ $s3.endpoint }}
{{- with $s3.publicEndpoint }}
ashlar.export.s3.public-endpoint={{ . }}
{{- end }}
ashlar.export.s3.bucket={{ $s3.bucket }}
ashlar.export.s3.region={{ $s3.region }}
ashlar.export.s3.path-style={{ $s3.pathStyle }}
ashlar.export.s3.spool-directory=/var/spool/ashlar
ashlar.export.database.api.pool-size={{ .Values.database.pools.api }}
ashlar.export.database.system.pool-size={{ .Values.database.pools.system }}
ashlar.guard.audit.directory=/var/lib/ashlar/audit
{{- end }}
