{{/*
Names, labels, image. Every template here takes the service chart's root context.

What a service is stands in its own chart, as YAML in a template "ashlar.<key>.facts":
  port, managementPort, schema, cluster (control | data), peers, callers, uses, paths, directories, credentials, keys,
  connections, drainSeconds.
*/}}

{{/* The service's short name, the same alone and under an alias: authz, filter, ingest, router, export. */}}
{{- define "ashlar.key" -}}
{{- index .Chart.Annotations "ashlar.io/service" -}}
{{- end }}

{{- define "ashlar.facts" -}}
{{- include (printf "ashlar.%s.facts" (include "ashlar.key" .)) . -}}
{{- end }}

{{- define "ashlar.name" -}}
{{- include "ashlar.key" . -}}
{{- end }}

{{/* <release>-<key>, or <release> where it says the key already; room is left for the longest suffix. */}}
{{- define "ashlar.fullname" -}}
{{- include "ashlar.fullnameOf" (dict "release" .Release.Name "key" (include "ashlar.key" .)) -}}
{{- end }}

{{- define "ashlar.fullnameOf" -}}
{{- $name := printf "%s-%s" .release .key -}}
{{- if contains .key .release -}}{{- $name = .release -}}{{- end -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{- define "ashlar.selectorLabels" -}}
app.kubernetes.io/name: {{ include "ashlar.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ashlar.labels" -}}
{{ include "ashlar.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: ashlar
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index .Chart.Annotations "ashlar.io/chart") .Chart.Version | replace "+" "_" }}
{{- end }}

{{/* The labels a pod of a component (server, migrations, test) is found by. */}}
{{- define "ashlar.podSelector" -}}
{{ include "ashlar.selectorLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "ashlar.podLabels" -}}
{{ include "ashlar.podSelector" . }}
app.kubernetes.io/part-of: ashlar
{{- with .root.Values.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "ashlar.image" -}}
{{- $tag := .Values.image.tag | default .Values.global.image.tag | default .Chart.AppVersion -}}
{{- $name := printf "%s/ashlar-%s" .Values.global.image.registry (index .Chart.Annotations "ashlar.io/chart") -}}
{{- with .Values.image.digest }}{{ printf "%s@%s" $name . }}{{ else }}{{ printf "%s:%s" $name $tag }}{{ end -}}
{{- end }}

{{- define "ashlar.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "ashlar.fullname" .) -}}
{{- end }}

{{/* Base URL of another service: as told, or the same release's. */}}
{{- define "ashlar.peerUrl" -}}
{{- $told := index .root.Values.peers .peer -}}
{{- if $told }}{{ $told }}{{ else -}}
http://{{ include "ashlar.fullnameOf" (dict "release" .root.Release.Name "key" .peer) }}:{{ include "ashlar.portOf" .peer }}
{{- end -}}
{{- end }}

{{- define "ashlar.portOf" -}}
{{- index (dict "authz" 8081 "filter" 8082 "ingest" 8083 "router" 8084 "export" 8085) . -}}
{{- end }}

{{/* "{{ .Release.Name }}-keys" → "ashlar-keys" */}}
{{- define "ashlar.secretName" -}}
{{- tpl .name .root -}}
{{- end }}

{{/* An Ashlar key as the environment variable that sets it. */}}
{{- define "ashlar.variable" -}}
{{- regexReplaceAll "[^A-Za-z0-9]" . "_" | upper -}}
{{- end }}
