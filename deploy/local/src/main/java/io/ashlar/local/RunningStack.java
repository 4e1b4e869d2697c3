package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.PostgresNode;
import io.ashlar.local.process.Answering;
import io.ashlar.local.process.Await;
import io.ashlar.local.process.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stack on whatever its servers run on. */
final class RunningStack implements Stack {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(25);
    private static final Duration REPLAY_DEADLINE = Duration.ofSeconds(20);

    private final Path directory;
    private final StackState state;
    private final ServerHost host;
    private final Map<Server, Object> locks = new EnumMap<>(Server.class);
    /** Who only holds on to what another started closes nothing. */
    private final boolean owner;

    private final AtomicBoolean closed = new AtomicBoolean();

    private RunningStack(Path directory, StackState state, ServerHost host, boolean owner) {
        this.directory = directory;
        this.state = state;
        this.host = host;
        this.owner = owner;
        for (Server server : Server.values()) {
            locks.put(server, new Object());
        }
    }

    /** Starts all servers of a host; if one does not start, the host is closed. */
    static Stack start(Path directory, StackState state, ServerHost host) {
        RunningStack stack = new RunningStack(directory, state, host, true);
        try {
            stack.startAll();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Takes hold of servers that another started. */
    static Stack attached(Path directory, StackState state, ServerHost host) {
        return new RunningStack(directory, state, host, false);
    }

    private void startAll() {
        List<Callable<Void>> starts = new ArrayList<>();
        for (Server server : host.servers()) {
            starts.add(() -> {
                start(server);
                return null;
            });
        }
        try (ExecutorService threads =
                Executors.newFixedThreadPool(host.servers().size())) {
            for (Future<Void> start : threads.invokeAll(starts)) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StackException failed
                    ? failed
                    : new StackException("a server did not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting", e);
        }
        // Roles and databases reach the replicas by replay: nobody sees a replica without them.
        for (Server server : host.servers()) {
            if (server.isReplica()) {
                caughtUp(server, Server.DATA_PRIMARY);
            }
        }
    }

    @Override
    public Endpoints endpoints() {
        return state.endpoints();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void start(Server server) {
        synchronized (lock(server)) {
            if (host.find(server).isPresent()) {
                return;
            }
            try {
                Running running = host.launch(server);
                Duration deadline = server == Server.OIDC && state.keycloak()
                        ? StackOptions.KEYCLOAK_START_DEADLINE
                        : StackOptions.START_DEADLINE;
                Answering answering = host.answering(server);
                Await.until(running, "answering", deadline, answering::ready);
                answering.provision();
            } catch (RuntimeException e) {
                throw new StackException(server + " did not start: " + e.getMessage(), e);
            } catch (Exception e) {
                throw new StackException(server + " did not start: " + e.getMessage() + "; log " + host.log(server), e);
            }
        }
    }

    @Override
    public void stop(Server server) {
        synchronized (lock(server)) {
            host.find(server).ifPresent(running -> running.stop(STOP_DEADLINE));
        }
    }

    @Override
    public void kill(Server server) {
        synchronized (lock(server)) {
            host.find(server).ifPresent(Running::kill);
        }
    }

    @Override
    public void pause(Server server) {
        living(server).pause();
    }

    @Override
    public void resume(Server server) {
        living(server).resume();
    }

    @Override
    public void pauseReplay(Server replica) {
        PostgresNode server = replica(replica);
        asking(replica, "pause replay", () -> {
            server.pauseReplay();
            Await.until(living(replica), "paused", REPLAY_DEADLINE, () -> server.replayState()
                    .equals("paused"));
            return true;
        });
    }

    @Override
    public void resumeReplay(Server replica) {
        PostgresNode server = replica(replica);
        asking(replica, "resume replay", () -> {
            server.resumeReplay();
            return true;
        });
    }

    @Override
    public void promote(Server replica) {
        PostgresNode server = replica(replica);
        asking(replica, "promote", () -> server.promote(REPLAY_DEADLINE));
    }

    @Override
    public void follow(Server replica, Server leader) {
        PostgresNode follower = replica(replica);
        PostgresNode leading = postgres(leader);
        asking(replica, "follow " + leader, () -> {
            leading.createSlot(EmbeddedServers.slot(replica));
            follower.follow(host.upstream(replica, leader));
            return true;
        });
        caughtUp(replica, leader);
    }

    private void caughtUp(Server replica, Server leader) {
        PostgresNode follower = replica(replica);
        asking(replica, "catch up with " + leader, () -> {
            String position = postgres(leader).position();
            Await.until(
                    living(replica), "streaming from " + leader, REPLAY_DEADLINE, () -> follower.hasReplayed(position));
            return true;
        });
    }

    @Override
    public boolean alive(Server server) {
        checked(server);
        return host.find(server).isPresent();
    }

    @Override
    public void close() {
        if (owner && closed.compareAndSet(false, true)) {
            host.close();
        }
    }

    private static void asking(Server server, String what, Callable<Boolean> ask) {
        try {
            if (!ask.call()) {
                throw new StackException(server + " refused to " + what);
            }
        } catch (StackException e) {
            throw e;
        } catch (Exception e) {
            throw new StackException(server + " did not " + what + ": " + e.getMessage(), e);
        }
    }

    private Running living(Server server) {
        checked(server);
        return host.find(server)
                .orElseThrow(() -> new StackException(server + " does not run; log " + host.log(server)));
    }

    private Object lock(Server server) {
        checked(server);
        return locks.get(server);
    }

    private void checked(Server server) {
        if (!host.servers().contains(server)) {
            throw new IllegalArgumentException(server + " is not among this stack's servers " + host.servers());
        }
    }

    private PostgresNode replica(Server server) {
        if (!server.isReplica()) {
            throw new IllegalArgumentException(server + " is not a replica");
        }
        return postgres(server);
    }

    private PostgresNode postgres(Server server) {
        checked(server);
        if (!server.isPostgres()) {
            throw new IllegalArgumentException(server + " is not a PostgreSQL server");
        }
        return host.postgres(server);
    }
}
