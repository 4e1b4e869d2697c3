{{- define "ashlar.authz.facts" -}}
port: 8081
managementPort: 9081
schema: authz
cluster: control
roles: [api, system]
uses: [oidcClient, kafka, redis]
peers: []
callers: [filter, ingest, export]
paths:
  - /api/v1/tenants
  - /api/v1/users
  - /api/v1/groups
  - /api/v1/roles
  - /api/v1/entity-types
  - /api/v1/policies
  - /api/v1/default-policies
  - /api/v1/policy-drafts
  - /api/v1/policy-versions
  - /api/v1/policy-settings
  - /api/v1/shared-policy-sets
  - /api/v1/platform
  - /api/v1/access-reviews
  - /api/v1/plan
  - /api/v1/decisions
  - /api/v1/snapshot
  - /access/v1
  - /.well-known/authzen-configuration
closedPath: /api/v1/policies
directories:
  - {name: audit-spool, path: /var/lib/ashlar/audit, sizeLimit: 512Mi}
credentials:
  database-api-password: ashlar.authz.database.api.password
  database-system-password: ashlar.authz.database.system.password
  oidc-client-secret: ashlar.authz.oidc.client-secret
keys:
  cursor: {property: ashlar.authz.cursor.keys, secret: keys}
# The relay's advisory lock has one of its own.
connections: {{ add1 .Values.database.pools.api }}
# The audit spool is delivered.
drainSeconds: 5
{{- end }}

{{- define "ashlar.authz.properties" -}}
quarkus.datasource."api".jdbc.max-size={{ .Values.database.pools.api }}
ashlar.authz.audit.directory=/var/lib/ashlar/audit
{{- with trim .Values.impact.jwks }}
{{- $set := fromJson . }}
{{- if not $set.keys }}
{{- fail "\nauthz-service: set impact.jwks to a JSON Web Key Set, as filter-service answers it at /api/v1/impact/jwks" }}
{{- end }}
{{- range $set.keys }}{{ if hasKey . "d" }}
{{- fail "\nauthz-service: impact.jwks has a private key: set what filter-service answers at /api/v1/impact/jwks, and change the key" }}
{{- end }}{{ end }}
ashlar.authz.impact.jwks={{ toJson $set }}
{{- end }}
{{- with .Values.global.publicUrl }}
ashlar.authz.discovery.public-url={{ . }}
{{- end }}
{{- end }}
