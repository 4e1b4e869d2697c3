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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL server on a copy of the template: a primary, or a replica that follows an upstream. Thread-safe. */
public final class PostgresServer implements Program {

    private final Instance instance;
    private final PostgresTemplate template;
    private final @Nullable Upstream upstream;
    private final @Nullable Roles roles;

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
        this.roles = roles;
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
            Files.writeString(
                    staging.resolve("postgresql.auto.conf"),
                    "primary_conninfo = '%s'%nprimary_slot_name = '%s'%n"
                            .formatted(followed.connectionInfo(), followed.slot()),
                    StandardOpenOption.APPEND);
        }
        Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));
        Files.move(staging, instance.data());
    }

    @Override
    public boolean ready() throws SQLException {
        return superuser("postgres").scalar("SELECT 1").equals("1");
    }

    @Override
    public void provision() throws SQLException, IOException {
        if (roles != null) {
            roles.provision(this);
        }
    }

    /** A way to ask as superuser; each call is one connection. */
    public Asking superuser(String database) {
        return new Asking(
                "jdbc:postgresql://" + instance.host() + ":" + instance.port() + "/" + database,
                "postgres",
                template.superuserPassword());
    }

    /** Stops replay, not reception; returns when replay stands still. */
    public boolean pauseReplay() throws SQLException {
        superuser("postgres").execute("SELECT pg_wal_replay_pause()");
        return replayState().equals("paused");
    }

    /** {@code not paused}, {@code pause requested} or {@code paused}. */
    public String replayState() throws SQLException {
        return superuser("postgres").scalar("SELECT pg_get_wal_replay_pause_state()");
    }

    public void resumeReplay() throws SQLException {
        superuser("postgres").execute("SELECT pg_wal_replay_resume()");
    }

    /** Ends recovery on a new timeline; returns when the server takes writes. */
    public boolean promote(Duration within) throws SQLException {
        return superuser("postgres")
                .scalar("SELECT pg_promote(TRUE, ?)", (int) within.toSeconds())
                .equals("t");
    }

    /** Where the end of this server's WAL is; on a replica, what it has replayed. */
    public String position() throws SQLException {
        return superuser("postgres").scalar("""
                        SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                    ELSE pg_current_wal_flush_lsn() END
                        """);
    }

    /** Whether this replica streams and has replayed up to a position. */
    public boolean hasReplayed(String position) throws SQLException {
        return superuser("postgres").scalar("""
                        SELECT pg_last_wal_replay_lsn() >= ?::pg_lsn
                           AND EXISTS (SELECT FROM pg_stat_wal_receiver WHERE status = 'streaming')
                        """, position).equals("t");
    }

    /** Makes the slot a replica needs here. */
    public void createSlot(String slot) throws SQLException {
        superuser("postgres").scalar("""
                        SELECT count(pg_create_physical_replication_slot(wanted, TRUE))
                          FROM (VALUES (?::name)) AS slot (wanted)
                         WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = wanted)
                        """, slot);
    }

    /** Points this replica at another upstream and keeps that over restarts. */
    public void follow(Upstream leader) throws SQLException {
        Asking asking = superuser("postgres");
        asking.execute(asking.scalar(
                "SELECT format('ALTER SYSTEM SET primary_conninfo = %L', ?::text)", leader.connectionInfo()));
        asking.execute(
                asking.scalar("SELECT format('ALTER SYSTEM SET primary_slot_name = %L', ?::text)", leader.slot()));
        asking.execute("SELECT pg_reload_conf()");
    }
}
