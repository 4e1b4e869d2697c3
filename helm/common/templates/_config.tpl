{{/* application.properties without secrets: what all services need, what this one needs, and `config`. */}}
{{- define "ashlar.properties" -}}
{{ include "ashlar.properties.given" . }}
{{- range $name, $value := .Values.config }}
{{ $name }}={{ $value }}
{{- end }}
{{- end }}

{{- define "ashlar.properties.given" -}}
{{- $key := include "ashlar.key" . -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $global := .Values.global -}}
{{- $own := printf "ashlar.%s" $key -}}
{{- $cluster := index $global.postgresql $facts.cluster -}}
quarkus.http.port={{ $facts.port }}
quarkus.management.port={{ $facts.managementPort }}
quarkus.shutdown.delay={{ .Values.shutdown.delaySeconds }}s
quarkus.shutdown.timeout={{ .Values.shutdown.timeoutSeconds }}s
quarkus.oidc.auth-server-url={{ $global.oidc.issuer }}
{{ $own }}.database.url={{ $cluster.url }}
{{ $own }}.database.direct-url={{ $cluster.directUrl | default $cluster.url }}
{{ $own }}.database.migrate-at-start=false
{{- range $facts.roles }}
{{ $own }}.database.{{ . }}.username=ashlar_{{ $facts.schema }}_{{ . }}
{{- end }}
{{- if has "oidcClient" $facts.uses }}
{{ $own }}.oidc.token-url={{ $global.oidc.tokenUrl }}
{{ $own }}.oidc.client-id={{ .Values.oidcClientId | default (printf "ashlar-%s" $key) }}
{{- end }}
{{- if has "kafka" $facts.uses }}
kafka.bootstrap.servers={{ $global.kafka.bootstrapServers }}
{{- range $name, $value := $global.kafka.properties }}
kafka.{{ $name }}={{ $value }}
{{- end }}
{{- range $global.kafka.secretEntries }}
kafka.{{ . }}=${{ "{" }}{{ include "ashlar.variable" (printf "kafka.%s" .) }}}
{{- end }}
{{- end }}
{{- if has "redis" $facts.uses }}
quarkus.redis.hosts={{ $global.redis.url }}
{{- end }}
{{- range $facts.peers }}
{{ $own }}.peers.{{ . }}={{ include "ashlar.peerUrl" (dict "root" $ "peer" .) }}
{{- end }}
{{ $own }}.otlp.disabled={{ empty $global.otlp.endpoint }}
{{- with $global.otlp.endpoint }}
{{ $own }}.otlp.endpoint={{ . }}
{{- end }}
{{- if and $facts.paths $global.ingress.kind }}
# Behind the ingress: the host clients see is the forwarded one.
quarkus.http.proxy.proxy-address-forwarding=true
quarkus.http.proxy.enable-forwarded-host=true
{{- end }}
{{ include (printf "ashlar.%s.properties" $key) . }}
{{- end }}

{{- define "ashlar.configmap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "ashlar.fullname" . }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
data:
  application.properties: |
    {{- include "ashlar.properties" . | nindent 4 }}
{{- end }}

{{/* Secrets reach the process as environment variables. */}}
{{- define "ashlar.secretEnv" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- range $entry, $property := $facts.credentials }}
{{ include "ashlar.secretVariable" (dict "root" $ "name" $.Values.secrets.credentials "entry" $entry "property" $property) }}
{{- end }}
{{- range $entry, $set := $facts.keys }}
{{ include "ashlar.secretVariable" (dict "root" $ "name" (index $.Values.secrets $set.secret) "entry" $entry "property" $set.property) }}
{{- end }}
{{- if has "redis" $facts.uses }}{{ with .Values.global.redis.existingSecret }}
{{ include "ashlar.secretVariable" (dict "root" $ "name" . "entry" "password" "property" "quarkus.redis.password") }}
{{- end }}{{ end }}
{{- if has "kafka" $facts.uses }}{{ range .Values.global.kafka.secretEntries }}
{{ include "ashlar.secretVariable" (dict "root" $ "name" $.Values.global.kafka.existingSecret "entry" . "property" (printf "kafka.%s" .)) }}
{{- end }}{{ end }}
{{- end }}

{{- define "ashlar.secretVariable" -}}
- name: {{ include "ashlar.variable" .property }}
  valueFrom:
    secretKeyRef:
      name: {{ include "ashlar.secretName" . }}
      key: {{ .entry }}
{{- end }}
