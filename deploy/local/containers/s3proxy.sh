#!/bin/sh
# The bucket is a directory; one that others may read would be a public bucket.
set -eu
umask 077
mkdir -p "/data/objects/$(cat /etc/ashlar/bucket)"
exec /opt/jre/bin/java -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError \
  -Dlogback.configurationFile=/etc/ashlar/logback.xml -cp /opt/ashlar/s3proxy.jar \
  org.gaul.s3proxy.Main --properties /etc/ashlar/s3proxy.properties
