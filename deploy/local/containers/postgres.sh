#!/bin/sh
# First start: a copy of the initialised directory, a replica of standby.conf's upstream or else with superuser.sql's password.
set -eu
umask 077
if [ ! -d /data/postgres ]; then
  rm -rf /data/new
  cp -R -p /opt/template/data /data/new
  cp /etc/ashlar/postgresql.conf /etc/ashlar/pg_hba.conf /data/new/
  if [ -f /etc/ashlar/standby.conf ]; then
    cat /etc/ashlar/standby.conf >>/data/new/postgresql.auto.conf
    touch /data/new/standby.signal
  else
    /opt/postgres/bin/postgres --single -D /data/new postgres </etc/ashlar/superuser.sql >/dev/null
  fi
  mv /data/new /data/postgres
fi
# What a killed server left: inside a container its number may belong to ourselves now.
rm -f /data/postgres/postmaster.pid
exec /opt/postgres/bin/postgres -D /data/postgres
