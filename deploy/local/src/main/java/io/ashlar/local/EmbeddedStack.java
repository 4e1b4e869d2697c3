package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.PostgresServer;
import io.ashlar.local.postgres.PostgresTemplate;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Await;
import io.ashlar.local.process.Child;
import io.ashlar.local.process.Children;
import io.ashlar.local.process.OwnClasses;
import io.ashlar.local.process.Program;
import io.ashlar.local.process.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Child processes from Maven artifacts, with a watchdog that ends them when this JVM is gone. */
final class EmbeddedStack implements Stack {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(25);
    private static final Duration REPLAY_DEADLINE = Duration.ofSeconds(20);

    private final Path directory;
    private final StackState state;
    private final Map<Server, Program> programs;
    private final EmbeddedServers servers;
    private final Children children;
    /** Null for who only holds on to what another started. */
    private final @Nullable Watchdog watchdog;

    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedStack(
            Path directory,
            StackState state,
            EmbeddedServers servers,
            Map<Server, Program> programs,
            @Nullable Watchdog watchdog) {
        this.directory = directory;
        this.state = state;
        this.servers = servers;
        this.programs = programs;
        this.watchdog = watchdog;
        this.children = new Children(directory);
    }

    static Stack start(StackOptions options) {
        Path directory = options.directory();
        try {
            Files.createDirectories(directory);
            if (!new Children(directory).living().isEmpty()) {
                throw new StackException("a stack runs in " + directory + " already");
            }
            PostgresTemplate template = PostgresTemplate.prepare(Artifacts.load(), EmbeddedServers.cache());
            Optional<StackState> kept = StackState.read(directory);
            StackState state = StackState.choose(options, kept, template.superuserPassword());
            if (kept.filter(state::changesPasswords).isPresent()) {
                EmbeddedServers.forgetPeople(directory);
            }
            state.write(directory);
            // What an interrupted run may have left.
            OwnClasses.removeCopy(directory);
            EmbeddedServers servers = servers(directory, state);
            Map<Server, Program> programs = servers.programs();
            Watchdog watchdog = Watchdog.start(
                    directory,
                    options.keepData()
                            ? List.of()
                            : List.of(EmbeddedServers.data(directory), StackState.file(directory)));
            EmbeddedStack stack = new EmbeddedStack(directory, state, servers, programs, watchdog);
            try {
                stack.startAll();
                return stack;
            } catch (RuntimeException e) {
                stack.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StackException("cannot prepare a stack in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static EmbeddedServers servers(Path directory, StackState state) {
        return new EmbeddedServers(state, directory, Artifacts.load(), EmbeddedServers.cache());
    }

    static Stack attach(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            StackState state =
                    StackState.read(absolute).orElseThrow(() -> new StackException("no stack has run in " + absolute));
            if (new Children(absolute).living().isEmpty()) {
                throw new StackException("no stack runs in " + absolute);
            }
            EmbeddedServers servers = servers(absolute, state);
            return new EmbeddedStack(absolute, state, servers, servers.programs(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startAll() {
        List<Callable<Void>> starts = new ArrayList<>();
        for (Server server : programs.keySet()) {
            starts.add(() -> {
                start(server);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(programs.size())) {
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
        for (Server server : programs.keySet()) {
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
        Program program = program(server);
        synchronized (program) {
            if (children.find(server.label()).isPresent()) {
                return;
            }
            try {
                Child child = children.launch(program.launch());
                Duration deadline = server == Server.OIDC && state.keycloak()
                        ? StackOptions.KEYCLOAK_START_DEADLINE
                        : StackOptions.START_DEADLINE;
                Await.until(child, "answering", deadline, program::ready);
                program.provision();
            } catch (RuntimeException e) {
                throw new StackException(server + " did not start: " + e.getMessage(), e);
            } catch (Exception e) {
                throw new StackException(
                        server + " did not start: " + e.getMessage() + "; log " + children.log(server.label()), e);
            }
        }
    }

    @Override
    public void stop(Server server) {
        Program program = program(server);
        synchronized (program) {
            children.find(server.label()).ifPresent(child -> child.stop(STOP_DEADLINE));
        }
    }

    @Override
    public void kill(Server server) {
        Program program = program(server);
        synchronized (program) {
            children.find(server.label()).ifPresent(Child::kill);
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
        PostgresServer server = replica(replica);
        asking(replica, "pause replay", () -> {
            server.pauseReplay();
            Await.until(living(replica), "paused", REPLAY_DEADLINE, () -> server.replayState()
                    .equals("paused"));
            return true;
        });
    }

    @Override
    public void resumeReplay(Server replica) {
        PostgresServer server = replica(replica);
        asking(replica, "resume replay", () -> {
            server.resumeReplay();
            return true;
        });
    }

    @Override
    public void promote(Server replica) {
        PostgresServer server = replica(replica);
        asking(replica, "promote", () -> server.promote(REPLAY_DEADLINE));
    }

    @Override
    public void follow(Server replica, Server leader) {
        PostgresServer follower = replica(replica);
        PostgresServer leading = postgres(leader);
        asking(replica, "follow " + leader, () -> {
            leading.createSlot(EmbeddedServers.slot(replica));
            follower.follow(servers.upstream(replica, leader));
            return true;
        });
        caughtUp(replica, leader);
    }

    private void caughtUp(Server replica, Server leader) {
        PostgresServer follower = replica(replica);
        asking(replica, "catch up with " + leader, () -> {
            String position = postgres(leader).position();
            Await.until(
                    living(replica), "streaming from " + leader, REPLAY_DEADLINE, () -> follower.hasReplayed(position));
            return true;
        });
    }

    @Override
    public boolean alive(Server server) {
        return program(server) != null && children.find(server.label()).isPresent();
    }

    @Override
    public void close() {
        if (watchdog == null || !closed.compareAndSet(false, true)) {
            return;
        }
        finishArchives();
        if (state.durable()) {
            children.stopAll(STOP_DEADLINE);
        }
        // The rest is the watchdog's: it ends what is left and removes what is not kept.
        watchdog.close();
    }

    private void finishArchives() {
        try (ExecutorService threads = Executors.newFixedThreadPool(programs.size())) {
            programs.forEach((server, program) -> program.archive()
                    .ifPresent(archive -> threads.execute(() -> {
                        try {
                            archive.finish(children, server.label(), STOP_DEADLINE);
                        } catch (IOException e) {
                            // Costs the next start some time, nothing else.
                            System.getLogger(EmbeddedStack.class.getName())
                                    .log(System.Logger.Level.WARNING, "class archive not kept server=" + server, e);
                        }
                    })));
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

    private Child living(Server server) {
        program(server);
        return children.find(server.label())
                .orElseThrow(() -> new StackException(server + " does not run; log " + children.log(server.label())));
    }

    private Program program(Server server) {
        Program program = programs.get(server);
        if (program == null) {
            Collection<Server> known = programs.keySet();
            throw new IllegalArgumentException(server + " is not among this stack's servers " + known);
        }
        return program;
    }

    private PostgresServer replica(Server server) {
        if (!server.isReplica()) {
            throw new IllegalArgumentException(server + " is not a replica");
        }
        return postgres(server);
    }

    private PostgresServer postgres(Server server) {
        if (program(server) instanceof PostgresServer postgres) {
            return postgres;
        }
        throw new IllegalArgumentException(server + " is not a PostgreSQL server");
    }
}
