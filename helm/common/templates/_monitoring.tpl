{{- define "ashlar.serviceMonitor" -}}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "ashlar.fullname" . }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
    {{- with .Values.metrics.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  # The series of this service carry its name as `job`.
  jobLabel: app.kubernetes.io/name
  selector:
    matchLabels:
      {{- include "ashlar.selectorLabels" . | nindent 6 }}
  endpoints:
    - port: management
      path: /q/metrics
      interval: {{ .Values.metrics.serviceMonitor.interval }}
{{- end }}
