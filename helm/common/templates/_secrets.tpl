{{/*
Key sets for trials. What a Secret holds already is kept, whatever an upgrade says; it outlives the release, or what was signed
and sealed with it could not be opened again.
*/}}
{{- define "ashlar.trialSecrets" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- range $secret := (include "ashlar.ownKeySecrets" . | fromYamlArray) }}
{{- $name := include "ashlar.secretName" (dict "root" $ "name" (index $.Values.secrets $secret)) }}
{{- $kept := lookup "v1" "Secret" $.Release.Namespace $name }}
{{- $data := ($kept | default dict).data | default dict }}
---
apiVersion: v1
kind: Secret
metadata:
  name: {{ $name }}
  labels:
    {{- include "ashlar.labels" $ | nindent 4 }}
  annotations:
    helm.sh/resource-policy: keep
data:
  {{- range $entry, $set := $facts.keys }}
  {{- if and (eq $set.secret $secret) (not $set.borrowed) }}
  {{ $entry }}: {{ index $data $entry | default (include "ashlar.newKeySet" $set.form | b64enc) }}
  {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{/* The values of `secrets` whose Secrets are this service's to make: a key set that another service owns is not. */}}
{{- define "ashlar.ownKeySecrets" -}}
{{- $names := list -}}
{{- range (include "ashlar.facts" . | fromYaml).keys -}}
{{- if not .borrowed }}{{- $names = append $names .secret -}}{{- end -}}
{{- end -}}
{{- $names | uniq | sortAlpha | toYaml -}}
{{- end }}

{{/* A set of one: `k1:<32 random bytes>`, in base64 or, for Ed25519 seeds, in base64url without padding. */}}
{{- define "ashlar.newKeySet" -}}
{{- $bytes := randBytes 32 -}}
k1:{{ if eq . "base64url" }}{{ $bytes | replace "+" "-" | replace "/" "_" | trimSuffix "=" }}{{ else }}{{ $bytes }}{{ end -}}
{{- end }}
