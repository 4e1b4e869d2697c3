{{/* The service's paths below the one public base URL, as an Ingress or an HTTPRoute. */}}
{{- define "ashlar.ingress" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $ingress := .Values.global.ingress -}}
{{- $host := (urlParse .Values.global.publicUrl).host | splitList ":" | first -}}
{{- $name := include "ashlar.fullname" . -}}
{{- if eq $ingress.kind "Ingress" -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
{{- else -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
{{- end }}
metadata:
  name: {{ $name }}
  labels:
    {{- include "ashlar.labels" . | nindent 4 }}
  {{- with $ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
{{- if eq $ingress.kind "Ingress" }}
  {{- with $ingress.className }}
  ingressClassName: {{ . }}
  {{- end }}
  {{- with $ingress.tlsSecret }}
  tls:
    - hosts: [{{ $host }}]
      secretName: {{ . }}
  {{- end }}
  rules:
    - host: {{ $host }}
      http:
        paths:
          {{- range $facts.paths }}
          - path: {{ . }}
            pathType: Prefix
            backend:
              service:
                name: {{ $name }}
                port:
                  name: http
          {{- end }}
{{- else }}
  parentRefs:
    {{- toYaml $ingress.parentRefs | nindent 4 }}
  hostnames: [{{ $host }}]
  rules:
    - matches:
        {{- range $facts.paths }}
        - path:
            type: PathPrefix
            value: {{ . }}
        {{- end }}
      backendRefs:
        - name: {{ $name }}
          port: {{ $facts.port }}
{{- end }}
{{- end }}
