{{/*
One NetworkPolicy per edge: `kubectl get networkpolicies` reads like the picture in the design. The first one cuts everything off
but names; the others add. Edges between services are facts of both ends.
*/}}
{{- define "ashlar.networkPolicies" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $net := .Values.global.networkPolicy -}}
{{- $server := dict "root" . "component" "server" -}}
{{ include "ashlar.networkPolicy" (dict "root" . "edge" "" "types" (list "Ingress" "Egress")
    "egress" (list (dict "to" $net.dns.to "ports" (include "ashlar.ports" (dict "ports" $net.dns.ports "protocols" (list "UDP" "TCP")) | fromYamlArray)))) }}
{{- range $facts.peers }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" (printf "to-%s" .) "component" "server" "types" (list "Egress")
    "egress" (list (dict "to" (list (include "ashlar.serverPods" . | fromYaml))
      "ports" (include "ashlar.ports" (dict "ports" (list (include "ashlar.portOf" . | int))) | fromYamlArray)))) }}
{{- end }}
{{- range $facts.callers }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" (printf "from-%s" .) "component" "server" "types" (list "Ingress")
    "ingress" (list (dict "from" (list (include "ashlar.serverPods" . | fromYaml))
      "ports" (include "ashlar.ports" (dict "ports" (list $facts.port)) | fromYamlArray)))) }}
{{- end }}
{{- if and $facts.paths $net.clients }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" "from-clients" "component" "server" "types" (list "Ingress")
    "ingress" (list (dict "from" $net.clients "ports" (include "ashlar.ports" (dict "ports" (list $facts.port)) | fromYamlArray)))) }}
{{- end }}
{{- $test := dict "podSelector" (dict "matchLabels" (include "ashlar.podSelector" (dict "root" . "component" "test") | fromYaml)) }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" "from-test" "component" "server" "types" (list "Ingress")
    "ingress" (list (dict "from" (list $test) "ports" (include "ashlar.ports" (dict "ports" (list $facts.port $facts.managementPort)) | fromYamlArray)))) }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" "test" "component" "test" "types" (list "Egress")
    "egress" (list (dict "to" (list (dict "podSelector" (dict "matchLabels" (include "ashlar.podSelector" $server | fromYaml))))
      "ports" (include "ashlar.ports" (dict "ports" (list $facts.port $facts.managementPort)) | fromYamlArray)))) }}
{{- with $net.monitoring }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" "from-monitoring" "component" "server" "types" (list "Ingress")
    "ingress" (list (dict "from" . "ports" (include "ashlar.ports" (dict "ports" (list $facts.managementPort)) | fromYamlArray)))) }}
{{- end }}
{{- if has "webhooks" $facts.uses }}
---
# Addresses that are not public are refused by the service, and cut off here.
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" "to-webhooks" "component" "server" "types" (list "Egress")
    "egress" (list (include "ashlar.publicAddresses" . | fromYaml))) }}
{{- end }}
{{- range $name, $dependency := $net.dependencies }}
{{- if or (has $name $facts.uses) (eq $name "postgresql") (eq $name "oidc") (and (eq $name "otlp") $.Values.global.otlp.endpoint) }}
---
{{ include "ashlar.networkPolicy" (dict "root" $ "edge" (printf "to-%s" $name) "component" (eq $name "postgresql" | ternary "" "server") "types" (list "Egress")
    "egress" (list (include "ashlar.dependencyRule" $dependency | fromYaml))) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Pods of one service; an empty component: all of them. */}}
{{- define "ashlar.networkPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "ashlar.fullname" .root }}{{ with .edge }}-{{ . }}{{ end }}
  labels:
    {{- include "ashlar.labels" .root | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "ashlar.selectorLabels" .root | nindent 6 }}
      {{- with .component }}
      app.kubernetes.io/component: {{ . }}
      {{- end }}
  policyTypes:
    {{- toYaml .types | nindent 4 }}
  {{- with .ingress }}
  ingress:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .egress }}
  egress:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* The pods of a service, of this release or of its own in the same namespace. */}}
{{- define "ashlar.serverPods" -}}
podSelector:
  matchLabels:
    app.kubernetes.io/name: {{ . }}
    app.kubernetes.io/part-of: ashlar
    app.kubernetes.io/component: server
{{- end }}

{{- define "ashlar.dependencyRule" -}}
{{- with .to }}
to:
  {{- toYaml . | nindent 2 }}
{{- end }}
ports:
  {{- include "ashlar.ports" (dict "ports" .ports) | nindent 2 }}
{{- end }}

{{- define "ashlar.publicAddresses" -}}
to:
  - ipBlock:
      cidr: 0.0.0.0/0
      except: [0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16]
ports:
  - protocol: TCP
    port: 443
{{- end }}

{{- define "ashlar.ports" -}}
{{- $protocols := .protocols | default (list "TCP") -}}
{{- range $port := .ports }}
{{- range $protocols }}
- protocol: {{ . }}
  port: {{ $port }}
{{- end }}
{{- end }}
{{- end }}
