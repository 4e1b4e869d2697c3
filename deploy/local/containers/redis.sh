#!/bin/sh
exec /opt/ashlar/redis-server /etc/ashlar/redis.conf
