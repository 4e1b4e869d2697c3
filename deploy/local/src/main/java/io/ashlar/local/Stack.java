package io.ashlar.local;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The real servers a production install has, run for a test, a demo or a laptop.
 *
 * <p>Every method blocks until what it asks for is true (a server answers, a process is gone) or throws
 * {@link StackException} naming the server and its log file. A server that was not among
 * {@link StackOptions#servers()} is refused with {@link IllegalArgumentException}. Implementations are thread-safe;
 * calls on one server are serialised.
 */
public interface Stack extends AutoCloseable {

    /** One server of the stack. */
    enum Server {
        /** PostgreSQL cluster {@code data}, read and write. */
        DATA_PRIMARY,
        /** First streaming replica of {@code data}. */
        DATA_REPLICA_1,
        /** Second streaming replica of {@code data}. */
        DATA_REPLICA_2,
        /** PostgreSQL cluster {@code control}. */
        CONTROL,
        /** One Kafka broker and controller (KRaft). */
        KAFKA,
        /** Redis, password required. */
        REDIS,
        /** An S3 endpoint that checks SigV4. */
        S3,
        /** The OpenID Connect issuer: ours, or Keycloak where {@link StackOptions#keycloak()} asks for it. */
        OIDC;

        /** Whether this is one of the two streaming replicas. */
        public boolean isReplica() {
            return this == DATA_REPLICA_1 || this == DATA_REPLICA_2;
        }

        /** Whether this is a PostgreSQL server. */
        public boolean isPostgres() {
            return this == DATA_PRIMARY || this == CONTROL || isReplica();
        }

        /** The name used for directories and log files: {@code data-replica-1}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Starts the servers the options name, in parallel, and returns when all of them answer.
     *
     * <p>The provider is chosen by the system property {@code ashlar.stack}: {@code embedded} (default) or
     * {@code containers}.
     *
     * @throws StackException if a server does not answer in time; whatever had started is stopped
     * @throws IllegalArgumentException for another provider, or options that the provider cannot serve
     */
    static Stack start(StackOptions options) {
        return StackProvider.chosen().start(options);
    }

    /**
     * Takes hold of a stack that this or another process of the same user started in {@code directory}.
     * Closing an attached stack stops nothing: the process that started it owns it.
     *
     * @throws StackException if no stack runs there
     */
    static Stack attach(Path directory) {
        return StackProvider.attach(directory);
    }

    /** Where the servers are and how to sign in. Ports and secrets never change while the stack lives. */
    Endpoints endpoints();

    /** Where logs are ({@code logs/<server>.log}), and the data of child processes. */
    Path directory();

    /** Stops a server in order; no effect on one that is stopped. */
    void stop(Server server);

    /** Starts a stopped or killed server on its old data and port; no effect on one that is alive. */
    void start(Server server);

    /** Kills the whole process tree of a server with SIGKILL. */
    void kill(Server server);

    /** {@link #stop(Server)} and {@link #start(Server)}. */
    default void restart(Server server) {
        stop(server);
        start(server);
    }

    /** Freezes the whole process tree (SIGSTOP, or the freezer of its container): connections stay open and nothing answers. */
    void pause(Server server);

    /** Undoes {@link #pause(Server)}. */
    void resume(Server server);

    /** Keeps a replica receiving but not replaying WAL: it grows stale while it answers. */
    void pauseReplay(Server replica);

    /** Undoes {@link #pauseReplay(Server)}. */
    void resumeReplay(Server replica);

    /**
     * Makes a replica a primary on a new timeline. Nobody else is told: the old primary goes on if it lives, the other
     * replica goes on following it until {@link #follow(Server, Server)}.
     */
    void promote(Server replica);

    /** Points a running replica at another upstream, creating its physical slot there. */
    void follow(Server replica, Server leader);

    /** Whether the server's process runs (a paused one does). */
    boolean alive(Server server);

    /** Stops everything, and removes the data unless {@link StackOptions#keepData()}. Harmless when repeated. */
    @Override
    void close();
}
