package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import io.ashlar.local.containers.Engine;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.RandomSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider whose servers are containers: for tests, where nothing is kept. */
final class ContainerStack {

    private ContainerStack() {}

    static Stack start(StackOptions options) {
        if (options.keepData()
                || options.fixedPorts()
                || !options.listenAddress().equals(ListenAddress.LOOPBACK)) {
            throw new IllegalArgumentException(
                    StackProvider.PROPERTY + "=containers is for tests: free ports on loopback, and nothing is kept");
        }
        Path directory = options.directory();
        try {
            Files.createDirectories(directory);
            StackState state = StackState.choose(options, Optional.empty(), RandomSecret.text());
            state.write(directory);
            Engine engine = Engine.connect();
            StackState issuer = issuer(state);
            ProcessHost processes = issuer == null ? null : ProcessHost.owning(directory, issuer);
            ContainerHost host = new ContainerHost(
                    directory, state, servers(state, directory), new ContainerHost.Hands(engine, processes));
            Stack stack = RunningStack.start(directory, state, host);
            state.withContainers(host.ids()).write(directory);
            return stack;
        } catch (IOException e) {
            throw new StackException("cannot prepare a stack in " + directory + ": " + e.getMessage(), e);
        }
    }

    static Stack attach(Path directory, StackState state) throws IOException {
        StackState issuer = issuer(state);
        ProcessHost processes = issuer == null ? null : ProcessHost.attached(directory, issuer);
        ContainerHost host = new ContainerHost(
                directory, state, servers(state, directory), new ContainerHost.Hands(null, processes));
        return RunningStack.attached(directory, state, host);
    }

    private static EmbeddedServers servers(StackState state, Path directory) {
        return new EmbeddedServers(state, directory, Artifacts.load(), EmbeddedServers.cache());
    }

    /** The same stack with nothing but the issuer; null without one. */
    private static @Nullable StackState issuer(StackState state) {
        Endpoints all = state.endpoints();
        return all.find(Server.OIDC)
                .map(address -> new StackState(
                        new Endpoints(
                                Map.of(Server.OIDC, address), Map.of(), all.issuer(), all.tokenUrl(), all.secrets()),
                        state.controllerPort(),
                        false,
                        state.keycloak(),
                        Map.of()))
                .orElse(null);
    }
}
