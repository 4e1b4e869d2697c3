{{/* `helm test`: readiness and one answer of the API, asked through the Service by the image's own tool. */}}
{{- define "ashlar.test" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $name := include "ashlar.fullname" . -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ $name }}-test
  labels:
    {{- include "ashlar.podLabels" (dict "root" . "component" "test") | nindent 4 }}
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  restartPolicy: Never
  serviceAccountName: {{ include "ashlar.serviceAccountName" . }}
  {{- include "ashlar.podSecurity" . | nindent 2 }}
  {{- include "ashlar.placement" . | nindent 2 }}
  containers:
    - name: probe
      {{- include "ashlar.containerImage" . | nindent 6 }}
      # Ready; and closed to whoever has no token.
      args:
        - probe
        - http://{{ $name }}:{{ $facts.managementPort }}/q/health/ready=200
        - http://{{ $name }}:{{ $facts.port }}{{ $facts.closedPath }}=401
      env:
        {{- include "ashlar.toolEnv" . | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
      resources:
        {{- toYaml .Values.toolResources | nindent 8 }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
{{- end }}
