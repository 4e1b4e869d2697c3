{{- define "ashlar.notes" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $name := include "ashlar.fullname" . -}}
{{ index .Chart.Annotations "ashlar.io/chart" }} {{ .Chart.AppVersion }}: http://{{ $name }}:{{ $facts.port }}, health and metrics on {{ $facts.managementPort }}
{{- if and $facts.paths .Values.global.ingress.kind }}
  clients: {{ .Values.global.publicUrl }}{{ join (printf ", %s" .Values.global.publicUrl) $facts.paths }}
{{- end }}
{{- if .Values.global.trialSecrets.create }}
  its keys are for trials: `helm uninstall` leaves them ({{ range $i, $s := include "ashlar.ownKeySecrets" . | fromYamlArray }}{{ if $i }}, {{ end }}{{ include "ashlar.secretName" (dict "root" $ "name" (index $.Values.secrets $s)) }}{{ end }})
{{- end }}
{{- end }}
