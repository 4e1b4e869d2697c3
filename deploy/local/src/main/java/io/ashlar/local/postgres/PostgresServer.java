package io.ashlar.local.postgres;

import io.ashlar.local.process.Directories;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL server on a copy of the template: a primary, or a replica that follows an upstream. Thread-safe. */
public final class PostgresServer implements Program {

    private final Instance instance;
    private final PostgresTemplate template;
    private final @Nullable Upstream upstream;
    private final PostgresNode node;

    /**
     * Where and how one server runs.
     *
     * @param name of the process
     * @param data its data directory
     * @param listenAddresses what it binds
     * @param host where to connect
     * @param port where to connect
     * @param durable fsync on
     */
    public record Instance(
            String name, Path data, List<String> listenAddresses, String host, int port, boolean durable) {}

    /**
     * What a replica follows.
     *
     * @param host of the upstream
     * @param port of the upstream
     * @param slot its physical replication slot there
     * @param password of {@link Roles#REPLICATION}
     */
    public record Upstream(String host, int port, String slot, String password) {

        String connectionInfo() {
            return "host=%s port=%d user=%s password=%s application_name=%s connect_timeout=2 sslmode=disable"
                    .formatted(host, port, Roles.REPLICATION, password, slot);
        }

        /** For {@code postgresql.auto.conf}. */
        public String settings() {
            return "primary_conninfo = '%s'%nprimary_slot_name = '%s'%n".formatted(connectionInfo(), slot);
        }

        @Override
        public String toString() {
            return slot + "@" + host + ":" + port;
        }
    }

    private PostgresServer(
            Instance instance, PostgresTemplate template, @Nullable Upstream upstream, @Nullable Roles roles) {
        this.instance = instance;
        this.template = template;
        this.upstream = upstream;
        this.node = new PostgresNode(instance.host(), instance.port(), template.superuserPassword(), roles);
    }

    public static PostgresServer primary(Instance instance, PostgresTemplate template, Roles roles) {
        return new PostgresServer(instance, template, null, roles);
    }

    public static PostgresServer replica(Instance instance, PostgresTemplate template, Upstream upstream) {
        return new PostgresServer(instance, template, upstream, null);
    }

    @Override
    public Launch launch() throws IOException {
        if (!Files.isDirectory(instance.data())) {
            create();
        }
        List<String> command = new ArrayList<>(List.of(
                template.home().resolve("bin/postgres").toString(),
                "-D",
                instance.data().toString(),
                "-p",
                Integer.toString(instance.port()),
                "-c",
                "listen_addresses=" + String.join(",", instance.listenAddresses())));
        if (!instance.durable()) {
            // A killed process loses nothing by this; only a machine that stops would.
            command.addAll(List.of("-c", "fsync=off", "-c", "full_page_writes=off"));
        }
        return new Launch(
                instance.name(),
                Unprivileged.command(command),
                Map.of("LC_ALL", "C", "TZ", "UTC"),
                instance.data(),
                Launch.StopSignal.INT);
    }

    private void create() throws IOException {
        Upstream followed = upstream;
        Path staging = instance.data().resolveSibling(instance.data().getFileName() + ".staging");
        Directories.delete(staging);
        template.copyTo(staging);
        if (followed != null) {
            Path signal = staging.resolve("standby.signal");
            Files.createFile(signal);
            Unprivileged.own(signal);
            // Readable by the server's user only, as initdb made it.
            Files.writeString(staging.resolve("postgresql.auto.conf"), followed.settings(), StandardOpenOption.APPEND);
        }
        Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));
        Files.move(staging, instance.data());
    }

    /** The server as its clients see it. */
    public PostgresNode node() {
        return node;
    }

    @Override
    public boolean ready() throws SQLException {
        return node.ready();
    }

    @Override
    public void provision() throws SQLException, IOException {
        node.provision();
    }
}
