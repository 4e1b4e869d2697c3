{{/* Where the schema is, for the tools that migrate it or wait for it: part of the Job's spec, hence of its name. */}}
{{- define "ashlar.schemaEnv" -}}
{{- $cluster := index .Values.global.postgresql (include "ashlar.facts" . | fromYaml).cluster -}}
{{- $prefix := printf "ashlar.%s.database" (include "ashlar.key" .) -}}
- name: {{ include "ashlar.variable" (printf "%s.url" $prefix) }}
  value: {{ $cluster.url | quote }}
- name: {{ include "ashlar.variable" (printf "%s.direct-url" $prefix) }}
  value: {{ $cluster.directUrl | default $cluster.url | quote }}
{{- end }}

{{- define "ashlar.roleEnv" -}}
{{- $facts := include "ashlar.facts" .root | fromYaml -}}
{{- $prefix := printf "ashlar.%s.database.%s" (include "ashlar.key" .root) .role -}}
- name: {{ include "ashlar.variable" (printf "%s.username" $prefix) }}
  value: {{ printf "ashlar_%s_%s" $facts.schema .role }}
{{ include "ashlar.secretVariable" (dict "root" .root "name" .secret "entry" .entry "property" (printf "%s.password" $prefix)) }}
{{- end }}

{{- define "ashlar.awaitEnv" -}}
{{ include "ashlar.toolEnv" . }}
{{ include "ashlar.schemaEnv" . }}
{{ include "ashlar.roleEnv" (dict "root" . "role" "api" "secret" .Values.secrets.credentials "entry" "database-api-password") }}
{{- end }}

{{- define "ashlar.migrationsSpec" -}}
backoffLimit: {{ .Values.migrations.backoffLimit }}
activeDeadlineSeconds: {{ .Values.migrations.deadlineSeconds }}
template:
  metadata:
    labels:
      {{- include "ashlar.podLabels" (dict "root" . "component" "migrations") | nindent 6 }}
  spec:
    restartPolicy: OnFailure
    serviceAccountName: {{ include "ashlar.serviceAccountName" . }}
    {{- include "ashlar.podSecurity" . | nindent 4 }}
    {{- include "ashlar.placement" . | nindent 4 }}
    containers:
      - name: migrate
        {{- include "ashlar.containerImage" . | nindent 8 }}
        args: [migrate]
        env:
          {{- include "ashlar.toolEnv" . | nindent 10 }}
          {{- include "ashlar.schemaEnv" . | nindent 10 }}
          - name: {{ include "ashlar.variable" (printf "ashlar.%s.database.api.username" (include "ashlar.key" .)) }}
            value: ashlar_{{ (include "ashlar.facts" . | fromYaml).schema }}_api
          {{- include "ashlar.roleEnv" (dict "root" . "role" "owner" "secret" .Values.secrets.owner "entry" "password") | nindent 10 }}
        volumeMounts:
          - name: tmp
            mountPath: /tmp
        resources:
          {{- toYaml .Values.toolResources | nindent 10 }}
    volumes:
      - name: tmp
        emptyDir:
          sizeLimit: 64Mi
{{- end }}

{{/* A Job cannot be changed, so another spec is another Job; the one that is no longer rendered is removed. */}}
{{- define "ashlar.migrations" -}}
{{- $spec := include "ashlar.migrationsSpec" . -}}
{{- $version := .Chart.AppVersion | replace "." "-" | replace "+" "-" | lower -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ printf "%s-migrate-%s-%s" (include "ashlar.fullname" .) $version ($spec | sha256sum | trunc 8) | trunc 63 }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
    app.kubernetes.io/component: migrations
spec:
  {{- $spec | nindent 2 }}
{{- end }}
