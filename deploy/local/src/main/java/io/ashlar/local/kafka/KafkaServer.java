package io.ashlar.local.kafka;

import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.ClassArchive;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.FileLocks;
import io.ashlar.local.process.JavaCommand;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Program;
import io.ashlar.local.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One Kafka node: broker and controller.
 *
 * @param classPath broker and tools
 * @param template a formatted log directory to copy
 * @param classes the archive of its classes
 * @param data its directory
 * @param clients where clients of this machine connect
 * @param outside where others do: a listener tells its clients its own address, whatever they asked
 * @param controllerPort for itself, on loopback
 */
public record KafkaServer(
        List<Path> classPath,
        Path template,
        ClassArchive classes,
        Path data,
        Listener clients,
        Optional<Listener> outside,
        int controllerPort)
        implements Program {

    /**
     * What it binds and tells its clients.
     *
     * @param host an address
     * @param port its own
     */
    public record Listener(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Every stack's: a log directory is formatted once and copied. */
    public static final String CLUSTER_ID = "YXNobGFyLWxvY2FsLWthZg";

    /** {@code log4j2.yaml} of the broker. */
    public static final String LOGGING = """
            Configuration:
              Appenders:
                Console:
                  name: STDOUT
                  PatternLayout:
                    pattern: "%d{ISO8601} %p %c %m%n"
              Loggers:
                Root:
                  level: WARN
                  AppenderRef:
                    - ref: STDOUT
                Logger:
                  - name: org.apache.kafka.server
                    level: ERROR
            """;

    /** Formats a log directory by Kafka's own tool, once; copies of it are formatted too. */
    public static Path prepare(Artifacts artifacts, Path cache) throws IOException {
        Path template = cache.resolve("kafka-" + artifacts.kafkaVersion());
        Files.createDirectories(cache);
        try (FileLocks lock = FileLocks.exclusive(cache.resolve("kafka.lock"))) {
            lock.held();
            if (!Files.isDirectory(template)) {
                Path fresh = cache.resolve("kafka.new");
                Directories.delete(fresh);
                Files.createDirectories(fresh);
                Path configuration = cache.resolve("kafka-format.properties");
                Files.writeString(
                        configuration, properties(fresh, new Listener("127.0.0.1", 9092), Optional.empty(), 9093));
                List<String> command = new ArrayList<>(
                        JavaCommand.server("kafka.tools.StorageTool", "128m", List.of(), artifacts.kafka()));
                command.addAll(List.of("format", "-t", CLUSTER_ID, "-c", configuration.toString()));
                Programs.run(command, cache);
                Files.move(fresh, template);
            }
        }
        return template;
    }

    @Override
    public Launch launch() throws IOException {
        Path logs = data.resolve("log");
        if (!Files.isDirectory(logs)) {
            Path fresh = data.resolve("log.new");
            Directories.delete(fresh);
            Files.createDirectories(fresh);
            Programs.run(List.of("cp", "-R", template + "/.", fresh.toString()), data);
            Files.move(fresh, logs);
        }
        Path configuration = data.resolve("server.properties");
        Files.writeString(configuration, properties(logs, clients, outside, controllerPort));
        Path logging = data.resolve("log4j2.yaml");
        Files.writeString(logging, LOGGING);
        List<String> command = new ArrayList<>(JavaCommand.server(
                "kafka.Kafka",
                "384m",
                classes,
                List.of("-Xms128m", "-Dlog4j2.configurationFile=" + logging, "-Dkafka.logs.dir=" + data),
                classPath));
        command.add(configuration.toString());
        return new Launch("kafka", command, Map.of(), data, Launch.StopSignal.TERM);
    }

    private static String properties(Path logs, Listener clients, Optional<Listener> outside, int controllerPort) {
        String listeners = "PLAINTEXT://" + clients
                + outside.map(outer -> ",OUTSIDE://" + outer).orElse("");
        return configuration(logs.toString(), listeners, listeners, controllerPort);
    }

    /**
     * {@code server.properties}. A killed broker is let in again when its last session has ended, for which 9 s would be the
     * default.
     *
     * @param logs its log directory
     * @param listeners what it binds
     * @param advertised what it tells clients
     * @param controllerPort for itself, on loopback
     */
    public static String configuration(String logs, String listeners, String advertised, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=%1$s,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=%5$s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                message.max.bytes=%4$d
                replica.fetch.max.bytes=%4$d
                num.network.threads=2
                num.io.threads=4
                num.recovery.threads.per.data.dir=1
                background.threads=2
                log.cleaner.dedupe.buffer.size=8388608
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                broker.heartbeat.interval.ms=1000
                broker.session.timeout.ms=4000
                """.formatted(listeners, controllerPort, logs, HouseTopics.MAX_MESSAGE_BYTES, advertised);
    }

    @Override
    public Optional<ClassArchive> archive() {
        return Optional.of(classes);
    }

    @Override
    public boolean ready() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        return new KafkaNode(clients).ready();
    }

    @Override
    public void provision() throws InterruptedException, ExecutionException, TimeoutException {
        new KafkaNode(clients).provision();
    }
}
