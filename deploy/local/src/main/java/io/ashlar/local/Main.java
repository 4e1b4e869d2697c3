package io.ashlar.local;

import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code Main up [--listen ADDRESS] [--keycloak] [--services] [--tied]}: the stack for a laptop, until SIGTERM. */
public final class Main {

    private static final String USAGE = """
            usage: Main up [--listen ADDRESS] [--keycloak] [--services] [--tied]

              up            start the servers on their fixed ports, data in ~/.ashlar/up; ends on SIGTERM or Ctrl-C
              --listen      an address of this machine to listen on besides loopback
              --keycloak    the real Keycloak in place of the small issuer
              --services    the five services too, from their builds under -Dashlar.root (default: here)
              --tied        end when the process that started this one ends
            """;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(Arrays.asList(args), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException, InterruptedException {
        if (arguments.isEmpty() || !arguments.getFirst().equals("up")) {
            err.print(USAGE);
            return 2;
        }
        Path home = Path.of(System.getProperty("user.home"), ".ashlar");
        StackOptions options = StackOptions.laptop(home.resolve("up"));
        boolean services = false;
        Iterator<String> rest = arguments.listIterator(1);
        while (rest.hasNext()) {
            switch (rest.next()) {
                case "--listen" -> {
                    if (!rest.hasNext()) {
                        err.print(USAGE);
                        return 2;
                    }
                    options = options.withListenAddress(rest.next());
                }
                case "--keycloak" -> options = options.withKeycloak(true);
                case "--services" -> services = true;
                case "--tied" -> ParentWatch.exitWithParent();
                default -> {
                    err.print(USAGE);
                    return 2;
                }
            }
        }
        return up(options, home, services, out);
    }

    private static int up(StackOptions options, Path home, boolean services, PrintStream out)
            throws IOException, InterruptedException {
        Files.createDirectories(home);
        Path runFile = home.resolve("run.json");
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            told.countDown();
                            try {
                                closed.await();
                            } catch (InterruptedException e) {
                                // The JVM ends anyway; what is left is the watchdog's.
                                Thread.currentThread().interrupt();
                            }
                        },
                        "ashlar-down"));
        try (Stack stack = Stack.start(options)) {
            Directories.writeSecret(
                    runFile,
                    "{\"pid\":%d,\"directory\":\"%s\"}%n"
                            .formatted(ProcessHandle.current().pid(), stack.directory())
                            .getBytes(StandardCharsets.UTF_8));
            print(stack.endpoints(), out);
            if (services) {
                try (Services running = startServices(stack, out)) {
                    told.await();
                    out.println("Stopping " + running.instances().size() + " services");
                }
            } else {
                told.await();
            }
            out.println("Stopping the servers");
        } finally {
            Files.deleteIfExists(runFile);
            closed.countDown();
        }
        return 0;
    }

    private static Services startServices(Stack stack, PrintStream out) {
        Path root = Path.of(System.getProperty("ashlar.root", ""));
        Services services = Services.on(
                stack, new Services.Options(root.toAbsolutePath(), true, false, "256m", java.util.Map.of()));
        try {
            services.start(Service.values())
                    .forEach(instance ->
                            out.printf("  %-16s %s%n", instance.service().key(), instance.url()));
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private static void print(Endpoints endpoints, PrintStream out) {
        for (Server server : Server.values()) {
            endpoints
                    .find(server)
                    .ifPresent(address ->
                            out.printf("  %-16s %s%n", server.label(), describe(endpoints, server, address)));
        }
        out.println("  trial users      " + String.join(", ", TrialAccounts.names())
                + (ListenAddress.isLoopback(endpoints.address(Server.OIDC).host())
                        ? "; password <name>-trial"
                        : "; passwords in ~/.ashlar/up/stack.json"));
    }

    private static String describe(Endpoints endpoints, Server server, Endpoints.Address address) {
        if (server.isPostgres()) {
            return endpoints.jdbcUrl(server);
        }
        return server == Server.OIDC ? endpoints.issuer() : address.toString();
    }
}
