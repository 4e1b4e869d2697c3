{{/* What cannot work is refused before anything is installed, all of it at once, each with what to set. */}}
{{- define "ashlar.check" -}}
{{- with include "ashlar.complaints" . | fromYamlArray -}}
{{- fail (printf "\n%s: %s" (index $.Chart.Annotations "ashlar.io/chart") (join (printf "\n%s: " (index $.Chart.Annotations "ashlar.io/chart")) .)) -}}
{{- end -}}
{{- end }}

{{- define "ashlar.complaints" -}}
{{- concat (include "ashlar.complaints.endpoints" . | fromYamlArray)
           (include "ashlar.complaints.secrets" . | fromYamlArray)
           (include "ashlar.complaints.times" . | fromYamlArray)
           (include "ashlar.complaints.scaling" . | fromYamlArray)
           (include "ashlar.complaints.config" . | fromYamlArray) | toYaml -}}
{{- end }}

{{- define "ashlar.complaints.endpoints" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $global := .Values.global -}}
{{- $cluster := $facts.cluster -}}
{{- $out := list -}}
{{- if not $global.image.registry -}}
{{- $out = append $out "set global.image.registry: where the images are (registry.example.com/ashlar)" -}}
{{- end -}}
{{- if not (index $global.postgresql $cluster).url -}}
{{- $out = append $out (printf "set global.postgresql.%s.url: the JDBC URL of its writer (jdbc:postgresql://host:5432/%s)" $cluster $cluster) -}}
{{- end -}}
{{- if not (index $global.postgresql $cluster).maxConnections -}}
{{- $out = append $out (printf "set global.postgresql.%s.maxConnections: what SHOW max_connections says on its servers" $cluster) -}}
{{- end -}}
{{- if not $global.oidc.issuer -}}
{{- $out = append $out "set global.oidc.issuer: the issuer of tokens (https://sso.example.com/realms/ashlar)" -}}
{{- end -}}
{{- if and (has "oidcClient" $facts.uses) (not $global.oidc.tokenUrl) -}}
{{- $out = append $out "set global.oidc.tokenUrl: the issuer's token endpoint" -}}
{{- end -}}
{{- if and (has "kafka" $facts.uses) (not $global.kafka.bootstrapServers) -}}
{{- $out = append $out "set global.kafka.bootstrapServers: host:port of the brokers" -}}
{{- end -}}
{{- if and (has "redis" $facts.uses) (not $global.redis.url) -}}
{{- $out = append $out "set global.redis.url: redis://host:6379" -}}
{{- end -}}
{{- if has "s3" $facts.uses -}}
{{- range list "endpoint" "bucket" "region" -}}
{{- if not (index $global.s3 .) }}{{- $out = append $out (printf "set global.s3.%s: exports are written there" .) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- if has "nodes" $facts.uses -}}
{{- if not $global.postgresql.data.database -}}
{{- $out = append $out "set global.postgresql.data.database: the database's name on every node" -}}
{{- end -}}
{{- if eq (empty $global.postgresql.data.nodes) (empty $global.postgresql.data.service) -}}
{{- $out = append $out "set global.postgresql.data.nodes (host:port of primary and replicas) or global.postgresql.data.service (a headless Service), one of them" -}}
{{- end -}}
{{- end -}}
{{- range $facts.peers -}}
{{- if and $.Chart.IsRoot (not (index $.Values.peers .)) -}}
{{- $out = append $out (printf "set peers.%s: base URL of the service it calls (http://ashlar-%s:%s)" . . (include "ashlar.portOf" .)) -}}
{{- end -}}
{{- end -}}
{{- if and $global.kafka.secretEntries (not $global.kafka.existingSecret) -}}
{{- $out = append $out "set global.kafka.existingSecret: the Secret that holds global.kafka.secretEntries" -}}
{{- end -}}
{{- if and $global.ingress.kind (not $global.publicUrl) -}}
{{- $out = append $out "set global.publicUrl: clients reach the installation there, and global.ingress.kind needs its host" -}}
{{- end -}}
{{- if and (eq $global.ingress.kind "HTTPRoute") (not $global.ingress.parentRefs) -}}
{{- $out = append $out "set global.ingress.parentRefs: the Gateway of the HTTPRoutes" -}}
{{- end -}}
{{- $out | toYaml -}}
{{- end }}

{{- define "ashlar.complaints.secrets" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $out := list -}}
{{- if not .Values.secrets.credentials -}}
{{- $out = append $out (printf "set secrets.credentials: an existing Secret with the entries %s" (keys $facts.credentials | sortAlpha | join ", ")) -}}
{{- end -}}
{{- if and .Values.migrations.enabled (not .Values.secrets.owner) -}}
{{- $out = append $out (printf "set secrets.owner: an existing Secret with the password of ashlar_%s_owner as entry password" $facts.schema) -}}
{{- end -}}
{{- range $entry, $set := $facts.keys -}}
{{- if not (index $.Values.secrets $set.secret) -}}
{{- $out = append $out (printf "set secrets.%s: an existing Secret with the key set %s as entry %s" $set.secret $set.property $entry) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.global.trialSecrets.create (not (lookup "v1" "Namespace" "" "default")) -}}
{{- $out = append $out "global.trialSecrets.create needs a cluster, for key sets that exist must be kept: render with --dry-run=server, or set it to false and name existing Secrets (secrets.*)" -}}
{{- end -}}
{{- $out | toYaml -}}
{{- end }}

{{- define "ashlar.complaints.times" -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $s := .Values.shutdown -}}
{{- $out := list -}}
{{- $needed := add $s.preStopSeconds $s.delaySeconds $s.timeoutSeconds $facts.drainSeconds -}}
{{- if gt ($needed | int) ($s.graceSeconds | int) -}}
{{- $out = append $out (printf "a pod needs %d s to end (shutdown.preStopSeconds %d + delaySeconds %d + timeoutSeconds %d + %d of its own), but would be killed after %d: set shutdown.graceSeconds to %d or more"
      $needed ($s.preStopSeconds | int) ($s.delaySeconds | int) ($s.timeoutSeconds | int) ($facts.drainSeconds | int) ($s.graceSeconds | int) $needed) -}}
{{- end -}}
{{- range $name, $probe := .Values.probes -}}
{{- if gt ($probe.timeoutSeconds | int) ($probe.periodSeconds | int) -}}
{{- $out = append $out (printf "probes.%s.timeoutSeconds %d is longer than its periodSeconds %d: set it to %d or less" $name ($probe.timeoutSeconds | int) ($probe.periodSeconds | int) ($probe.periodSeconds | int)) -}}
{{- end -}}
{{- end -}}
{{- $startup := mul .Values.probes.startup.periodSeconds .Values.probes.startup.failureThreshold -}}
{{- if lt ($startup | int) 30 -}}
{{- $out = append $out (printf "a pod is given %d s to start (probes.startup.periodSeconds × failureThreshold), too little for a JVM on a busy node: set them so that it is 30 or more" $startup) -}}
{{- end -}}
{{- $out | toYaml -}}
{{- end }}

{{- define "ashlar.complaints.scaling" -}}
{{- $out := list -}}
{{- $a := .Values.autoscaling -}}
{{- if and $a.enabled (gt ($a.minReplicas | int) ($a.maxReplicas | int)) -}}
{{- $out = append $out (printf "autoscaling.minReplicas %d is more than maxReplicas %d: set maxReplicas to %d or more" ($a.minReplicas | int) ($a.maxReplicas | int) ($a.minReplicas | int)) -}}
{{- end -}}
{{- if and $a.enabled (not (dig "requests" "cpu" "" .Values.resources)) -}}
{{- $out = append $out "autoscaling measures by the requested CPU: set resources.requests.cpu, or autoscaling.enabled to false" -}}
{{- end -}}
{{- $cluster := (include "ashlar.facts" . | fromYaml).cluster -}}
{{- with include "ashlar.connections.complaint" (dict "global" .Values.global "cluster" $cluster "services" (list .)) -}}
{{- $out = append $out . -}}
{{- end -}}
{{- $out | toYaml -}}
{{- end }}

{{/* Pods there may be at once: a rollout has one more. */}}
{{- define "ashlar.podsMax" -}}
{{- add1 (ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled) -}}
{{- end }}

{{/*
Connections the services may open to one server of a cluster, against what it has. The router opens its pools to each node, so
that every node, the primary included, must bear them.
*/}}
{{- define "ashlar.connections.complaint" -}}
{{- $server := index .global.postgresql .cluster -}}
{{- $room := sub $server.maxConnections $server.reservedConnections | int -}}
{{- $sum := 0 -}}
{{- $terms := list -}}
{{- range .services -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- if eq $facts.cluster $.cluster -}}
{{- $pods := include "ashlar.podsMax" . | int -}}
{{- $sum = add $sum (mul $pods $facts.connections) -}}
{{- $terms = append $terms (printf "%s %d pods × %d" (include "ashlar.key" .) $pods ($facts.connections | int)) -}}
{{- end -}}
{{- end -}}
{{- if and $server.maxConnections (gt ($sum | int) $room) -}}
{{- printf "%s = %d connections to each server of %s, which has room for %d (global.postgresql.%s: maxConnections %d − reservedConnections %d; pods = most replicas + 1 of a rollout): lower autoscaling.maxReplicas or database.pools, or raise max_connections and then maxConnections"
      (join " + " $terms) ($sum | int) .cluster $room .cluster ($server.maxConnections | int) ($server.reservedConnections | int) -}}
{{- end -}}
{{- end }}

{{- define "ashlar.complaints.config" -}}
{{- $given := list -}}
{{- range splitList "\n" (include "ashlar.properties.given" .) -}}
{{- $given = append $given (splitList "=" . | first | replace "\"" "") -}}
{{- end -}}
{{- $facts := include "ashlar.facts" . | fromYaml -}}
{{- $secret := values $facts.credentials -}}
{{- range $facts.keys }}{{- $secret = append $secret .property -}}{{- end -}}
{{- $out := list -}}
{{- range $name := keys .Values.config | sortAlpha -}}
{{- if has ($name | replace "\"" "") $given -}}
{{- $out = append $out (printf "config.%s is set by the chart: use the value it comes from (see the chart's README)" $name) -}}
{{- end -}}
{{- if has $name $secret -}}
{{- $out = append $out (printf "config.%s is a secret, and config is not: put it into the Secret that the value secrets names" $name) -}}
{{- end -}}
{{- end -}}
{{- $out | toYaml -}}
{{- end }}
