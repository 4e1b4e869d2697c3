package io.ashlar.demo;

import io.ashlar.local.Endpoints;
import io.ashlar.local.Services;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack;
import io.ashlar.local.StackOptions;
import io.ashlar.local.Tokens;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The whole platform: the servers and the five services. Closing it stops everything. */
final class Platform implements AutoCloseable {

    private final Stack stack;
    private final Services services;
    private final Tokens tokens;
    private final Api api;

    private Platform(Stack stack, Services services) {
        this.stack = stack;
        this.services = services;
        this.tokens = Tokens.of(stack.endpoints());
        this.api = new Api(services::url);
    }

    /**
     * Starts it and waits until every service is ready.
     *
     * @param root the project, where the services' builds are
     * @param options of the servers
     * @param keys of the installation
     * @param extra configuration for all services
     * @param out where progress is said
     */
    static Platform start(Path root, StackOptions options, Keys keys, Map<String, String> extra, PrintStream out) {
        out.println("Starting PostgreSQL (primary, two replicas, control), Kafka, Redis, S3 and OIDC");
        Stack stack = Stack.start(options);
        try {
            out.println("Starting authz, filter, ingest, router and export");
            boolean stays = options.fixedPorts();
            Map<String, String> configuration = new HashMap<>(extra);
            for (Service service : Service.values()) {
                configuration.putAll(keys.configuration(service));
            }
            Services services = Services.on(stack, new Services.Options(root, stays, !stays, "256m", configuration));
            try {
                // Not all at once: five JVMs that start on two cores keep each other from answering in time.
                services.start(Service.AUTHZ, Service.ROUTER);
                services.start(Service.FILTER, Service.INGEST);
                services.start(Service.EXPORT);
                return new Platform(stack, services);
            } catch (RuntimeException e) {
                services.close();
                throw e;
            }
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    Api api() {
        return api;
    }

    Target target() {
        return new Target(api, tokens::user);
    }

    Endpoints endpoints() {
        return stack.endpoints();
    }

    Stack stack() {
        return stack;
    }

    Services services() {
        return services;
    }

    Tokens tokens() {
        return tokens;
    }

    @Override
    public void close() {
        api.close();
        services.close();
        stack.close();
    }
}
