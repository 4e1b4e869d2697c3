package io.ashlar.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackException;
import io.ashlar.local.StackOptions;
import io.ashlar.local.Tokens;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The platform that stays: {@code up}, {@code down}, {@code status}, {@code token}. */
final class Up {

    private static final Duration DOWN_DEADLINE = Duration.ofSeconds(60);
    private static final int MANAGEMENT_OFFSET = 1_000;

    private Up() {}

    /** Starts everything on the fixed ports, makes two trial tenants, and stays until SIGTERM. */
    static int up(Path root, Path home, Arguments arguments, PrintStream out) throws IOException, InterruptedException {
        Optional<ProcessHandle> running = process(home);
        if (running.isPresent()) {
            out.println("Ready: already up, process " + running.get().pid() + " (./ashlar status)");
            return 0;
        }
        StackOptions options = StackOptions.laptop(home.resolve("stack")).withKeycloak(arguments.has("--keycloak"));
        Optional<String> listen = arguments.value("--listen");
        if (listen.isPresent()) {
            options = options.withListenAddress(listen.get());
        }
        Files.createDirectories(home);
        Files.writeString(pidFile(home), Long.toString(ProcessHandle.current().pid()));
        Keys keys = Keys.keptIn(home.resolve("keys.properties"));
        try {
            Termination termination = arguments.has("--servers-only")
                    ? startServers(home, options, keys, out)
                    : startPlatform(root, home, options, keys, out);
            out.println("Ready: stop with ./ashlar down");
            termination.await();
        } catch (RuntimeException e) {
            Files.deleteIfExists(pidFile(home));
            Files.deleteIfExists(EndpointsFile.path(home));
            throw e;
        }
        return 0;
    }

    private static Termination startPlatform(Path root, Path home, StackOptions options, Keys keys, PrintStream out)
            throws IOException {
        Platform platform = Platform.start(root, options, keys, Map.of(), out);
        Termination termination = Termination.closing(platform, pidFile(home), EndpointsFile.path(home));
        Scenario scenario = new Scenario(platform.target());
        scenario.createTenants();
        scenario.grant();
        scenario.declare();
        pinReceiptKeys(platform, scenario);
        EndpointsFile.write(home, platform.endpoints(), keys, true);
        printServices(out);
        printServers(home, platform.endpoints(), out);
        return termination;
    }

    /** For services that run elsewhere: the databases with their roles, the topics and the accounts are there, no tenant. */
    private static Termination startServers(Path home, StackOptions options, Keys keys, PrintStream out)
            throws IOException {
        out.println("Starting PostgreSQL (primary, two replicas, control), Kafka, Redis, S3 and OIDC");
        Stack stack = Stack.start(options);
        Termination termination = Termination.closing(stack, pidFile(home), EndpointsFile.path(home));
        EndpointsFile.write(home, stack.endpoints(), keys, false);
        printServers(home, stack.endpoints(), out);
        return termination;
    }

    /** What {@code verify} trusts when it is told nothing else. */
    private static void pinReceiptKeys(Platform platform, Scenario scenario) throws IOException {
        String keys = platform.api()
                .get(Service.EXPORT, "/api/v1/receipts/jwks", scenario.token("ed"), Map.of())
                .expect(200)
                .text();
        Path pinned = Path.of(System.getProperty("user.home"), ".ashlar", "export-receipt-keys.json");
        Files.createDirectories(pinned.getParent());
        Files.writeString(pinned, keys);
    }

    /** Stops what {@link #up} started and waits until it is gone. */
    static int down(Path home, PrintStream out) throws InterruptedException {
        Optional<ProcessHandle> running = process(home);
        if (running.isEmpty()) {
            out.println("Nothing is up.");
            return 0;
        }
        ProcessHandle process = running.get();
        process.destroy();
        try {
            process.onExit().get(DOWN_DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            out.println(
                    "Still stopping after " + DOWN_DEADLINE.toSeconds() + " s: killed; its watchdog ends the servers.");
            process.destroyForcibly();
            return 1;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        }
        out.println("Stopped. Data is kept in " + home.resolve("stack") + ".");
        return 0;
    }

    /** Says which server lives and which service is ready; exits 0 iff all are. */
    static int status(Path home, PrintStream out) {
        Optional<ProcessHandle> running = process(home);
        if (running.isEmpty()) {
            out.println("Nothing is up (./ashlar up).");
            return 3;
        }
        boolean well = true;
        try (Stack stack = Stack.attach(home.resolve("stack"));
                HttpClient http = HttpClient.newBuilder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .build()) {
            out.println("Up, process " + running.get().pid());
            for (Server server : Server.values()) {
                boolean alive = stack.alive(server);
                well &= alive;
                out.printf(
                        "  %-16s %-22s %s%n",
                        server.label(), stack.endpoints().address(server), alive ? "alive" : "DOWN");
            }
            for (Service service : EndpointsFile.servicesStarted(home) ? Service.values() : new Service[0]) {
                String state = readiness(http, service);
                well &= state.equals("ready");
                out.printf("  %-16s %-22s %s%n", service.folder(), "127.0.0.1:" + service.port(), state);
            }
        }
        return well ? 0 : 1;
    }

    /** Prints the access token of a trial user or of a service account ({@code ashlar-…}) and nothing else. */
    static int token(Path home, List<String> arguments, PrintStream out) {
        if (arguments.size() != 1) {
            throw new Arguments.Wrong(
                    "token needs one user: ana, ed, ada (tenant A), bob, bea (tenant B), olga (operator);"
                            + " or a service account: ashlar-export, …");
        }
        try (Stack stack = attach(home)) {
            String name = arguments.getFirst();
            Tokens tokens = Tokens.of(stack.endpoints());
            out.println(name.startsWith("ashlar-") ? tokens.service(name) : tokens.user(name));
        }
        return 0;
    }

    /** Writes what the charts need to use the running servers: values, and the Secrets they name. */
    static int helmFiles(Path home, List<String> typed, PrintStream out) throws IOException {
        if (typed.isEmpty() || typed.getFirst().startsWith("--")) {
            throw new Arguments.Wrong("helm-files needs a folder to write to");
        }
        String release = Arguments.of(typed.subList(1, typed.size()), List.of("--release"), List.of())
                .value("--release")
                .orElse("ashlar");
        Path directory = Path.of(typed.getFirst());
        try (Stack stack = attach(home)) {
            new HelmFiles(stack.endpoints().fromOutside(), release).write(directory);
        }
        out.println("Written: " + directory.resolve("values.yaml") + ", " + directory.resolve("secrets.yaml"));
        return 0;
    }

    private static Stack attach(Path home) {
        if (process(home).isEmpty()) {
            throw new StackException("nothing is up (./ashlar up)");
        }
        return Stack.attach(home.resolve("stack"));
    }

    private static void printServices(PrintStream out) {
        out.println();
        for (Service service : Service.values()) {
            out.printf(
                    "  %-16s http://127.0.0.1:%d   to try it: http://127.0.0.1:%d/q/swagger-ui%n",
                    service.folder(), service.port(), service.port());
        }
        out.println(
                "  tenant A: ana (analyst), ed (editor), ada (administrator); tenant B: bob (viewer), bea (administrator)");
        out.println("  a token: ./ashlar token ed");
    }

    private static void printServers(Path home, Endpoints endpoints, PrintStream out) {
        out.println();
        Endpoints outside = endpoints.fromOutside();
        boolean outwards = !outside.equals(endpoints);
        for (Server server : Server.values()) {
            String here = endpoints.address(server).toString();
            String there = outside.address(server).toString();
            out.printf("  %-16s %s%s%n", server.label(), here, here.equals(there) ? "" : "   from outside " + there);
        }
        out.printf("  %-16s %s%n", "OIDC issuer", endpoints.issuer());
        out.println("  passwords and secrets: " + EndpointsFile.path(home));
        if (outwards) {
            out.println("  Kafka asks for no password: whoever reaches " + outside.address(Server.KAFKA)
                    + " reads and writes its topics");
        }
        out.println();
    }

    private static String readiness(HttpClient http, Service service) {
        URI uri = URI.create("http://127.0.0.1:" + (service.port() + MANAGEMENT_OFFSET) + "/q/health/ready");
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(3)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "ready" : "NOT READY: " + missing(answer.body());
        } catch (IOException e) {
            return "DOWN";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    private static String missing(String health) {
        StringBuilder names = new StringBuilder();
        for (JsonNode check : Api.parse(health).path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                names.append(names.isEmpty() ? "" : ", ")
                        .append(check.path("name").asText());
            }
        }
        return names.toString();
    }

    private static Optional<ProcessHandle> process(Path home) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile(home)).strip());
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(Up::isOurs);
        } catch (IOException | NumberFormatException e) {
            // No file, or one half written: nothing is known to run.
            return Optional.empty();
        }
    }

    /** A number may have been given to another program since. */
    private static boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .map(line -> line.contains("io.ashlar.demo.Main"))
                .orElse(true);
    }

    private static Path pidFile(Path home) {
        return home.resolve("up.pid");
    }
}
