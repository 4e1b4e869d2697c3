# PostgreSQL with an initialised data directory, which every container copies: replicas follow from the first record.
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY server /opt/postgres
COPY initdb.options start.sh /opt/ashlar/
RUN chmod 0755 /opt/ashlar/start.sh && mkdir -p /data /opt/template && chown 65534:65534 /data /opt/template
USER 65534:65534
# Nobody signs in by what initdb writes: pg_hba.conf and the superuser's password come with the container.
RUN head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >/tmp/password \
 && xargs /opt/postgres/bin/initdb --pgdata=/opt/template/data --pwfile=/tmp/password </opt/ashlar/initdb.options \
 && rm /tmp/password
ENV LC_ALL=C TZ=UTC
EXPOSE 5432
ENTRYPOINT ["/opt/ashlar/start.sh"]
