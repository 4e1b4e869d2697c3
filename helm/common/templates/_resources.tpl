{{/* Everything a service is made of. */}}
{{- define "ashlar.resources" -}}
{{- include "ashlar.check" . -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- if .Values.serviceAccount.create }}
---
{{ include "ashlar.serviceAccount" . }}
{{- end }}
---
{{ include "ashlar.configmap" . }}
{{- if .Values.global.trialSecrets.create }}
{{ include "ashlar.trialSecrets" . }}
{{- end }}
{{- if .Values.migrations.enabled }}
---
{{ include "ashlar.migrations" . }}
{{- end }}
---
{{ include "ashlar.service" . }}
---
{{ include "ashlar.deployment" . }}
{{- if .Values.autoscaling.enabled }}
---
{{ include "ashlar.autoscaler" . }}
{{- end }}
{{- if .Values.podDisruptionBudget.enabled }}
---
{{ include "ashlar.disruptionBudget" . }}
{{- end }}
{{- if .Values.global.networkPolicy.enabled }}
---
{{ include "ashlar.networkPolicies" . }}
{{- end }}
{{- if and $facts.paths .Values.global.ingress.kind }}
---
{{ include "ashlar.ingress" . }}
{{- end }}
{{- if .Values.metrics.serviceMonitor.enabled }}
---
{{ include "ashlar.serviceMonitor" . }}
{{- end }}
{{- end }}
