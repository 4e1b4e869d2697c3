package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.postgres.PostgresNode;
import io.ashlar.local.postgres.PostgresServer;
import io.ashlar.local.process.Answering;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Children;
import io.ashlar.local.process.Program;
import io.ashlar.local.process.Running;
import io.ashlar.local.process.Watchdog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Child processes from Maven artifacts, with a watchdog that ends them when this JVM is gone. */
final class ProcessHost implements ServerHost {

    private static final Duration STOP_DEADLINE = Duration.ofSeconds(25);

    private final EmbeddedServers servers;
    private final Map<Server, Program> programs;
    private final Children children;
    private final boolean durable;
    /** Null for who only holds on to what another started. */
    private final @Nullable Watchdog watchdog;

    private ProcessHost(
            Path directory,
            StackState state,
            EmbeddedServers servers,
            Map<Server, Program> programs,
            @Nullable Watchdog watchdog) {
        this.servers = servers;
        this.programs = programs;
        this.children = new Children(directory);
        this.durable = state.durable();
        this.watchdog = watchdog;
    }

    /** Prepares the programs and starts the watchdog; no server yet. */
    static ProcessHost owning(Path directory, StackState state) throws IOException {
        EmbeddedServers servers = servers(directory, state);
        Map<Server, Program> programs = servers.programs();
        Watchdog watchdog = Watchdog.start(
                directory,
                state.durable() ? List.of() : List.of(EmbeddedServers.data(directory), StackState.file(directory)));
        return new ProcessHost(directory, state, servers, programs, watchdog);
    }

    /** On what another process or class loader started. */
    static ProcessHost attached(Path directory, StackState state) throws IOException {
        EmbeddedServers servers = servers(directory, state);
        return new ProcessHost(directory, state, servers, servers.programs(), null);
    }

    private static EmbeddedServers servers(Path directory, StackState state) {
        return new EmbeddedServers(state, directory, Artifacts.load(), EmbeddedServers.cache());
    }

    @Override
    public Set<Server> servers() {
        return programs.keySet();
    }

    @Override
    public Answering answering(Server server) {
        return programs.get(server);
    }

    @Override
    public PostgresNode postgres(Server server) {
        return ((PostgresServer) programs.get(server)).node();
    }

    @Override
    public PostgresServer.Upstream upstream(Server replica, Server leader) {
        return servers.upstream(replica, leader);
    }

    @Override
    public Running launch(Server server) throws IOException {
        return children.launch(programs.get(server).launch());
    }

    @Override
    public Optional<Running> find(Server server) {
        return children.find(server.label()).map(Running.class::cast);
    }

    @Override
    public Path log(Server server) {
        return children.log(server.label());
    }

    @Override
    public void close() {
        if (watchdog == null) {
            return;
        }
        finishArchives();
        if (durable) {
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
                            System.getLogger(ProcessHost.class.getName())
                                    .log(System.Logger.Level.WARNING, "class archive not kept server=" + server, e);
                        }
                    })));
        }
    }
}
