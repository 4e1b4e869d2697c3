#!/bin/sh
# First start: formats the log directory that server.properties names.
set -eu
umask 077
if [ ! -f /data/log/meta.properties ]; then
  /opt/jre/bin/java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "/opt/kafka/lib/*" \
    kafka.tools.StorageTool format -t "$(cat /etc/ashlar/cluster-id)" -c /etc/ashlar/server.properties
fi
exec /opt/jre/bin/java -Xms128m -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError \
  -Dlog4j2.configurationFile=/etc/ashlar/log4j2.yaml -Dkafka.logs.dir=/data -cp '/opt/kafka/lib/*' \
  kafka.Kafka /etc/ashlar/server.properties
