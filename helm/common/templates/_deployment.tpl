{{- define "ashlar.deployment" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "ashlar.fullname" . }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  selector:
    matchLabels:
      {{- include "ashlar.podSelector" (dict "root" . "component" "server") | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "ashlar.podLabels" (dict "root" . "component" "server") | nindent 8 }}
      annotations:
        # A change of configuration is a rollout.
        ashlar.io/configuration: {{ include "ashlar.properties" . | sha256sum | trunc 16 | quote }}
        {{- with .Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ include "ashlar.serviceAccountName" . }}
      {{- include "ashlar.podSecurity" . | nindent 6 }}
      terminationGracePeriodSeconds: {{ .Values.shutdown.graceSeconds }}
      {{- with .Values.topologySpread.topologyKeys }}
      topologySpreadConstraints:
        {{- range . }}
        - topologyKey: {{ . }}
          maxSkew: {{ $.Values.topologySpread.maxSkew }}
          whenUnsatisfiable: {{ $.Values.topologySpread.whenUnsatisfiable }}
          labelSelector:
            matchLabels:
              {{- include "ashlar.podSelector" (dict "root" $ "component" "server") | nindent 14 }}
          # Each version is spread by itself, or a rollout would count the pods it replaces.
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      {{- end }}
      {{- include "ashlar.placement" . | nindent 6 }}
      initContainers:
        - name: await-schema
          {{- include "ashlar.containerImage" . | nindent 10 }}
          args: [await-schema, {{ .Values.migrations.waitSeconds | quote }}]
          env:
            {{- include "ashlar.awaitEnv" . | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
          resources:
            {{- toYaml .Values.toolResources | nindent 12 }}
      containers:
        - name: {{ include "ashlar.key" . }}
          {{- include "ashlar.containerImage" . | nindent 10 }}
          env:
            {{- include "ashlar.env" . | nindent 12 }}
          ports:
            - name: http
              containerPort: {{ $facts.port }}
            - name: management
              containerPort: {{ $facts.managementPort }}
          startupProbe:
            {{- include "ashlar.probe" (dict "path" "/q/health/started" "times" .Values.probes.startup) | nindent 12 }}
          readinessProbe:
            {{- include "ashlar.probe" (dict "path" "/q/health/ready" "times" .Values.probes.readiness) | nindent 12 }}
          livenessProbe:
            {{- include "ashlar.probe" (dict "path" "/q/health/live" "times" .Values.probes.liveness) | nindent 12 }}
          {{- if .Values.shutdown.preStopSeconds }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ .Values.shutdown.preStopSeconds }}
          {{- end }}
          volumeMounts:
            {{- include "ashlar.mounts" . | nindent 12 }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
      volumes:
        {{- include "ashlar.volumes" . | nindent 8 }}
{{- end }}

{{- define "ashlar.service" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "ashlar.fullname" . }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
  {{- with .Values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .Values.service.type }}
  selector:
    {{- include "ashlar.podSelector" (dict "root" . "component" "server") | nindent 4 }}
  ports:
    - name: http
      port: {{ $facts.port }}
      targetPort: http
    - name: management
      port: {{ $facts.managementPort }}
      targetPort: management
{{- end }}

{{- define "ashlar.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "ashlar.serviceAccountName" . }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}
