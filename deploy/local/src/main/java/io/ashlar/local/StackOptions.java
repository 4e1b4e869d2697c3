package io.ashlar.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to start, and where.
 *
 * @param servers what to start; a replica brings its primary along
 * @param directory where data and logs go; one stack at a time
 * @param fixedPorts {@code true}: the documented ports ({@link Endpoints#FIXED_PORTS}); {@code false}: free ones
 * @param keepData keep data and secrets when the stack closes, and write them safely ({@code fsync} on). Without it
 *     {@code fsync} is off: a killed process loses nothing by that, only a machine that loses power does
 * @param listenAddress an address of this machine where the servers listen besides loopback, which is the default
 * @param keycloak the real Keycloak in place of the small issuer
 */
public record StackOptions(
        Set<Stack.Server> servers,
        Path directory,
        boolean fixedPorts,
        boolean keepData,
        String listenAddress,
        boolean keycloak) {

    /** How long a server may take until it answers, on a machine that builds at the same time; Keycloak's first start builds itself and takes minutes. */
    static final Duration START_DEADLINE = Duration.ofMinutes(2);

    static final Duration KEYCLOAK_START_DEADLINE = Duration.ofMinutes(5);

    public StackOptions {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("a stack without servers");
        }
        servers = Set.copyOf(withPrimary(servers));
        directory = directory.toAbsolutePath().normalize();
        if (listenAddress.isBlank()) {
            throw new IllegalArgumentException("listenAddress is blank");
        }
    }

    /**
     * Free ports, loopback, data in the module's build folder and gone afterwards.
     *
     * @param servers what to start; none means all
     */
    public static StackOptions tests(Stack.Server... servers) {
        return tests(List.of(servers));
    }

    /** The same as {@link #tests(Stack.Server...)}. */
    public static StackOptions tests(Collection<Stack.Server> servers) {
        Path directory = Path.of(
                System.getProperty("ashlar.stack.directory", "target/stack"),
                Long.toString(ProcessHandle.current().pid()) + "-" + Long.toString(System.nanoTime(), 36));
        return new StackOptions(
                servers.isEmpty() ? EnumSet.allOf(Stack.Server.class) : EnumSet.copyOf(servers),
                directory,
                false,
                false,
                ListenAddress.LOOPBACK,
                false);
    }

    /** Every server on its fixed port, data kept in {@code directory}. */
    public static StackOptions laptop(Path directory) {
        return new StackOptions(
                EnumSet.allOf(Stack.Server.class), directory, true, true, ListenAddress.LOOPBACK, false);
    }

    public StackOptions withListenAddress(String address) {
        return new StackOptions(servers, directory, fixedPorts, keepData, address, keycloak);
    }

    public StackOptions withKeycloak(boolean wanted) {
        return new StackOptions(servers, directory, fixedPorts, keepData, listenAddress, wanted);
    }

    public StackOptions withDirectory(Path wanted) {
        return new StackOptions(servers, wanted, fixedPorts, keepData, listenAddress, keycloak);
    }

    public StackOptions withKeepData(boolean wanted) {
        return new StackOptions(servers, directory, fixedPorts, wanted, listenAddress, keycloak);
    }

    private static Set<Stack.Server> withPrimary(Set<Stack.Server> asked) {
        Set<Stack.Server> all = EnumSet.copyOf(asked);
        if (asked.stream().anyMatch(Stack.Server::isReplica)) {
            all.add(Stack.Server.DATA_PRIMARY);
        }
        return all;
    }
}
