ARG BASE_IMAGE
FROM ${BASE_IMAGE}
COPY jre /opt/jre
COPY lib /opt/kafka/lib
COPY start.sh /opt/ashlar/
RUN chmod 0755 /opt/ashlar/start.sh && mkdir -p /data && chown 65534:65534 /data
USER 65534:65534
ENTRYPOINT ["/opt/ashlar/start.sh"]
