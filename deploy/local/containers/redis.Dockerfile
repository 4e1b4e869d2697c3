ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY redis-server start.sh /opt/ashlar/
RUN chmod 0755 /opt/ashlar/start.sh /opt/ashlar/redis-server && mkdir -p /data && chown 65534:65534 /data
USER 65534:65534
EXPOSE 6379
ENTRYPOINT ["/opt/ashlar/start.sh"]
