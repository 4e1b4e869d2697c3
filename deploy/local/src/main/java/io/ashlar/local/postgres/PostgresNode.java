package io.ashlar.local.postgres;

import io.ashlar.local.process.Answering;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL server as its superuser sees it, wherever it runs. Thread-safe.
 *
 * @param host where to connect
 * @param port where to connect
 * @param superuserPassword of {@code postgres}
 * @param roles what to make in it; null for a replica
 */
public record PostgresNode(
        String host,
        int port,
        String superuserPassword,
        @Nullable Roles roles) implements Answering {

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
        return new Asking("jdbc:postgresql://" + host + ":" + port + "/" + database, "postgres", superuserPassword);
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
    public void follow(PostgresServer.Upstream leader) throws SQLException {
        Asking asking = superuser("postgres");
        asking.execute(asking.scalar(
                "SELECT format('ALTER SYSTEM SET primary_conninfo = %L', ?::text)", leader.connectionInfo()));
        asking.execute(
                asking.scalar("SELECT format('ALTER SYSTEM SET primary_slot_name = %L', ?::text)", leader.slot()));
        asking.execute("SELECT pg_reload_conf()");
    }

    @Override
    public String toString() {
        return "PostgresNode[" + host + ":" + port + "]";
    }
}
