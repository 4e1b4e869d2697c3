package io.ashlar.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Ashlar's five services as child JVMs on a stack, from {@code <service>/server/target/quarkus-app/quarkus-run.jar}
 * under the project's root. Several instances of one service may run. Thread-safe.
 */
public interface Services extends AutoCloseable {

    /** The five services. */
    enum Service {
        AUTHZ("authz", "authz-service", 8081),
        FILTER("filter", "filter-service", 8082),
        INGEST("ingest", "ingest-service", 8083),
        ROUTER("router", "query-router", 8084),
        EXPORT("export", "export-service", 8085);

        private final String key;
        private final String folder;
        private final int port;

        Service(String key, String folder, int port) {
            this.key = key;
            this.folder = folder;
            this.port = port;
        }

        /** The word used in configuration keys: {@code authz}. */
        public String key() {
            return key;
        }

        /** The folder below the project's root. */
        public String folder() {
            return folder;
        }

        /** The documented port; management is 1,000 above. */
        public int port() {
            return port;
        }
    }

    /**
     * How to run them.
     *
     * @param projectRoot where the services' folders are
     * @param fixedPorts the documented ports for the first instance of each
     * @param brief whether they live for minutes only: then nothing is spent on compiling them for hours
     * @param heap {@code -Xmx} of each JVM, {@code 256m}
     * @param extra configuration for every service, stronger than the stack's
     */
    record Options(Path projectRoot, boolean fixedPorts, boolean brief, String heap, Map<String, String> extra) {
        public Options {
            extra = Map.copyOf(extra);
        }

        public static Options tests(Path projectRoot) {
            return new Options(projectRoot, false, true, "256m", Map.of());
        }

        public Options withExtra(Map<String, String> configuration) {
            return new Options(projectRoot, fixedPorts, brief, heap, configuration);
        }
    }

    /**
     * One running or stopped child JVM.
     *
     * @param service which service
     * @param number 1 for the first instance
     * @param url base URL of its API
     * @param managementUrl base URL of health and metrics
     * @param log its log file
     */
    record Instance(Service service, int number, URI url, URI managementUrl, Path log) {}

    /** Prepares to run services on a stack; nothing is started yet. */
    static Services on(Stack stack, Options options) {
        return new ServiceProcesses(stack, options);
    }

    /** Starts one instance of each in an order in which each finds its peers, and waits until all are ready. */
    List<Instance> start(Service... services);

    /**
     * Starts one more instance and waits until {@code /q/health/ready} says it is.
     *
     * @param extra configuration for this instance alone
     */
    Instance start(Service service, Map<String, String> extra);

    /** All instances ever started, in that order. */
    List<Instance> instances();

    /** Base URL of the first living instance of a service. */
    URI url(Service service);

    /** SIGTERM and wait. */
    void stop(Instance instance);

    /** Starts a stopped or killed instance again on its ports and waits until it is ready. */
    void start(Instance instance);

    /** SIGKILL. */
    void kill(Instance instance);

    /** SIGSTOP. */
    void pause(Instance instance);

    /** SIGCONT. */
    void resume(Instance instance);

    /** Stop and start. */
    default void restart(Instance instance) {
        stop(instance);
        start(instance);
    }

    boolean alive(Instance instance);

    /** Stops all instances. */
    @Override
    void close();
}
