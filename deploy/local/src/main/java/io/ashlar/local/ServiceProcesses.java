package io.ashlar.local;

import io.ashlar.local.process.Await;
import io.ashlar.local.process.Child;
import io.ashlar.local.process.Children;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.JavaCommand;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The services as child JVMs; configuration reaches them by a file only their user can read. */
final class ServiceProcesses implements Services {

    private static final Duration START_DEADLINE = Duration.ofMinutes(2);
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);
    private static final int MANAGEMENT_OFFSET = 1_000;
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_INSTANCES = 64;

    /** Whose doors have a spool of their own. authz has one for all it decides, the router's asks for no permission. */
    private static final Set<Service> AUDITED = EnumSet.of(Service.FILTER, Service.INGEST, Service.EXPORT);

    private final Stack stack;
    private final Options options;
    private final Children children;
    /** The first instance's ports are settled before anything starts: peers must know each other. */
    private final Map<Service, Instance> first = new EnumMap<>(Service.class);

    private final Map<Instance, Map<String, String>> extras = new LinkedHashMap<>();

    ServiceProcesses(Stack stack, Options options) {
        this.stack = stack;
        this.options = options;
        this.children = new Children(stack.directory());
        for (Service service : Service.values()) {
            first.put(service, place(service, 1));
        }
    }

    private Instance place(Service service, int number) {
        String address = ListenAddress.LOOPBACK;
        boolean fixed = options.fixedPorts() && number == 1;
        int port = fixed ? service.port() : Ports.free(address);
        int management = fixed ? service.port() + MANAGEMENT_OFFSET : Ports.free(address);
        return new Instance(
                service,
                number,
                URI.create("http://" + address + ":" + port),
                URI.create("http://" + address + ":" + management),
                children.log(name(service, number)));
    }

    private static String name(Service service, int number) {
        return service.key() + "-" + number;
    }

    @Override
    public List<Instance> start(Service... services) {
        List<Callable<Instance>> starts = new ArrayList<>();
        for (Service service : services) {
            starts.add(() -> start(service, Map.of()));
        }
        List<Instance> started = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, services.length))) {
            for (Future<Instance> start : threads.invokeAll(starts)) {
                started.add(start.get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StackException failed
                    ? failed
                    : new StackException("a service did not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while starting services", e);
        }
        return started;
    }

    @Override
    public Instance start(Service service, Map<String, String> extra) {
        Instance instance;
        synchronized (extras) {
            long number = 1
                    + extras.keySet().stream()
                            .filter(known -> known.service() == service)
                            .count();
            if (number > MAX_INSTANCES) {
                throw new StackException("more than " + MAX_INSTANCES + " instances of " + service);
            }
            instance = number == 1 ? first.get(service) : place(service, (int) number);
            extras.put(instance, Map.copyOf(extra));
        }
        start(instance);
        return instance;
    }

    @Override
    public void start(Instance instance) {
        Map<String, String> extra = extra(instance);
        if (alive(instance)) {
            return;
        }
        try {
            Child child = children.launch(launch(instance, extra));
            Await.until(child, "ready", START_DEADLINE, () -> ready(instance));
        } catch (IOException | RuntimeException e) {
            throw new StackException(
                    name(instance.service(), instance.number()) + " did not start: " + e.getMessage(), e);
        }
    }

    private Launch launch(Instance instance, Map<String, String> extra) throws IOException {
        Service service = instance.service();
        Path jar = options.projectRoot().resolve(service.folder()).resolve("server/target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException(jar + " is missing; build it: mvn install -pl " + service.folder() + "/server -am");
        }
        String name = name(service, instance.number());
        Path home = EmbeddedServers.data(stack.directory()).resolve("services").resolve(name);
        // Quarkus reads config/application.properties of its working directory.
        Path configuration = home.resolve("config");
        Files.createDirectories(configuration);
        Properties properties = new Properties();
        if (AUDITED.contains(service)
                && stack.endpoints().find(Stack.Server.KAFKA).isPresent()) {
            // As the charts have it: what the door's caches decide is recorded, too.
            properties.setProperty(
                    "ashlar.guard.audit.directory", home.resolve("audit").toString());
        }
        properties.putAll(configuration(instance, extra));
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        properties.store(text, "Written by the local stack");
        Directories.writeSecret(configuration.resolve("application.properties"), text.toByteArray());
        List<String> command = new ArrayList<>(List.of(
                JavaCommand.executable(),
                "-Xmx" + options.heap(),
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED"));
        if (options.brief()) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return new Launch(name, command, Map.of(), home, Launch.StopSignal.TERM);
    }

    private Map<String, String> configuration(Instance instance, Map<String, String> extra) {
        String key = instance.service().key();
        Map<String, String> configuration =
                new LinkedHashMap<>(stack.endpoints().quarkusConfig(key));
        configuration.put("quarkus.http.host", ListenAddress.LOOPBACK);
        configuration.put("quarkus.http.port", Integer.toString(instance.url().getPort()));
        configuration.put("quarkus.management.host", ListenAddress.LOOPBACK);
        configuration.put(
                "quarkus.management.port",
                Integer.toString(instance.managementUrl().getPort()));
        configuration.put("quarkus.otel.sdk.disabled", "true");
        for (Service peer : peers(instance.service())) {
            configuration.put(
                    "ashlar." + key + ".peers." + peer.key(),
                    first.get(peer).url().toString());
        }
        options.extra().forEach((name, value) -> {
            if (concerns(instance.service(), name)) {
                configuration.put(name, value);
            }
        });
        configuration.putAll(extra);
        return configuration;
    }

    /** A service stops at a key of ours that it does not know: another's are left out. */
    private static boolean concerns(Service service, String name) {
        for (Service other : Service.values()) {
            if (other != service && name.startsWith("ashlar." + other.key() + ".")) {
                return false;
            }
        }
        return true;
    }

    /** The only edges (design §1). */
    private static List<Service> peers(Service service) {
        return switch (service) {
            case AUTHZ, ROUTER -> List.of();
            case INGEST -> List.of(Service.AUTHZ);
            case FILTER -> List.of(Service.AUTHZ, Service.ROUTER);
            case EXPORT -> List.of(Service.AUTHZ, Service.FILTER, Service.ROUTER);
        };
    }

    private static boolean ready(Instance instance) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                instance.managementUrl().resolve("/q/health/ready").toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("/q/health/ready answers " + status + body(connection));
            }
            return true;
        } finally {
            connection.disconnect();
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        try (var in = connection.getErrorStream()) {
            return in == null ? "" : ": " + new String(in.readNBytes(2_000), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Override
    public List<Instance> instances() {
        synchronized (extras) {
            return List.copyOf(extras.keySet());
        }
    }

    @Override
    public URI url(Service service) {
        return instances().stream()
                .filter(instance -> instance.service() == service && alive(instance))
                .findFirst()
                .orElse(first.get(service))
                .url();
    }

    @Override
    public void stop(Instance instance) {
        find(instance).ifPresent(child -> child.stop(STOP_DEADLINE));
    }

    @Override
    public void kill(Instance instance) {
        find(instance).ifPresent(Child::kill);
    }

    @Override
    public void pause(Instance instance) {
        living(instance).pause();
    }

    @Override
    public void resume(Instance instance) {
        living(instance).resume();
    }

    @Override
    public boolean alive(Instance instance) {
        return find(instance).isPresent();
    }

    /** All at once, so that it takes as long as the slowest. */
    @Override
    public void close() {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            instances().forEach(instance -> threads.execute(() -> stop(instance)));
        }
    }

    private Map<String, String> extra(Instance instance) {
        synchronized (extras) {
            Map<String, String> extra = extras.get(instance);
            if (extra == null) {
                throw new IllegalArgumentException("not one of these services: " + instance);
            }
            return extra;
        }
    }

    private java.util.Optional<Child> find(Instance instance) {
        return children.find(name(instance.service(), instance.number()));
    }

    private Child living(Instance instance) {
        return find(instance).orElseThrow(() -> new StackException(instance + " does not run"));
    }
}
