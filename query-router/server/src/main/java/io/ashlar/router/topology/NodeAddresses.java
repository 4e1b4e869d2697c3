package io.ashlar.router.topology;

import io.ashlar.router.node.Node;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** The nodes there are now: a list, or whatever a headless Service resolves to. Called by one thread at a time. */
@Singleton
final class NodeAddresses {

    private static final Logger LOG = Logger.getLogger(NodeAddresses.class);

    private final TopologyConfig config;
    private List<Node> resolved = List.of();
    private long resolvedAtNanos;

    NodeAddresses(TopologyConfig config) {
        this.config = config;
        if (config.nodes().isPresent() == config.service().isPresent()) {
            throw new IllegalArgumentException(
                    "exactly one of ashlar.router.topology.nodes and ashlar.router.topology.service is needed");
        }
        config.nodes().ifPresent(addresses -> resolved = listed(addresses, config.names()));
    }

    /** Resolves at most each {@link TopologyConfig#resolveInterval()}; keeps what it had when the name does not resolve. */
    List<Node> current(long nowNanos) {
        Optional<String> service = config.service();
        if (service.isPresent()
                && (resolved.isEmpty()
                        || nowNanos - resolvedAtNanos
                                >= config.resolveInterval().toNanos())) {
            resolvedAtNanos = nowNanos;
            Node name = Node.parse("service", service.get());
            try {
                resolved = Arrays.stream(InetAddress.getAllByName(name.host()))
                        .map(InetAddress::getHostAddress)
                        .sorted(Comparator.naturalOrder())
                        .map(host -> new Node(host, host, name.port()))
                        .toList();
            } catch (UnknownHostException e) {
                LOG.warnf("event=nodes_unresolved service=%s kept=%d", service.get(), resolved.size());
            }
        }
        return resolved;
    }

    private static List<Node> listed(List<String> addresses, Optional<List<String>> names) {
        if (names.isPresent() && names.get().size() != addresses.size()) {
            throw new IllegalArgumentException("ashlar.router.topology.names has "
                    + names.get().size() + " names for " + addresses.size() + " nodes");
        }
        List<Node> nodes = new ArrayList<>(IntStream.range(0, addresses.size())
                .mapToObj(i -> Node.parse(names.isPresent() ? names.get().get(i) : "replica-" + i, addresses.get(i)))
                .toList());
        if (nodes.isEmpty() || nodes.stream().map(Node::name).distinct().count() != nodes.size()) {
            throw new IllegalArgumentException("ashlar.router.topology names no node, or two alike");
        }
        return List.copyOf(nodes);
    }
}
