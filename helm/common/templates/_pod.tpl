{{/* Parts of pods: the restricted profile, the service's container and those that run a tool of the same image. */}}

{{- define "ashlar.podSecurity" -}}
automountServiceAccountToken: false
# No variables of the namespace's Services: they look like configuration.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.global.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "ashlar.containerImage" -}}
image: {{ include "ashlar.image" . | quote }}
imagePullPolicy: {{ .Values.global.image.pullPolicy }}
workingDir: /deployments
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
{{- end }}

{{- define "ashlar.placement" -}}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "ashlar.env" -}}
- name: JAVA_OPTS
  value: {{ .Values.jvm.options | quote }}
{{- include "ashlar.secretEnv" . }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Configuration where Quarkus looks for it, /tmp, and the directories the service writes to. */}}
{{- define "ashlar.mounts" -}}
- name: config
  mountPath: /deployments/config
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- range (include "ashlar.facts" . | fromYaml).directories }}
- name: {{ .name }}
  mountPath: {{ .path }}
{{- end }}
{{- end }}

{{- define "ashlar.volumes" -}}
- name: config
  configMap:
    name: {{ include "ashlar.fullname" . }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- range (include "ashlar.facts" . | fromYaml).directories }}
- name: {{ .name }}
  emptyDir:
    sizeLimit: {{ .sizeLimit }}
{{- end }}
{{- end }}

{{- define "ashlar.probe" -}}
httpGet:
  path: {{ .path }}
  port: management
{{ toYaml .times }}
{{- end }}

{{/* A tool of the same image: `migrate`, `await-schema`, `probe`. */}}
{{- define "ashlar.toolEnv" -}}
- name: JAVA_OPTS
  value: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MaxRAMPercentage=60
{{- end }}
