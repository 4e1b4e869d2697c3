package io.ashlar.local.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.ashlar.local.process.Running;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** The container engine as one stack uses it: a network of its own, and containers that keep their data until closed. */
public final class Engine implements AutoCloseable {

    private static final int READABLE = 0444;

    private final Network network;
    private final Map<String, GenericContainer<?>> created = new ConcurrentHashMap<>();
    private final DockerClient client;

    private Engine(Network network, DockerClient client) {
        this.network = network;
        this.client = client;
    }

    /** Connects to the engine that Testcontainers finds. */
    public static Engine connect() {
        return new Engine(Network.newNetwork(), DockerClientFactory.lazyClient());
    }

    /** A container that was created before, by whoever. */
    public static Optional<Running> find(Contents contents, String id) {
        EngineContainer container = new EngineContainer(contents, id, DockerClientFactory.lazyClient());
        return container.alive() ? Optional.of(container) : Optional.empty();
    }

    /** Starts a stopped container again, on its data and ports. */
    public static Running start(Contents contents, String id) {
        EngineContainer container = new EngineContainer(contents, id, DockerClientFactory.lazyClient());
        container.start();
        return container;
    }

    /** Creates and starts a container; returns its id. */
    public String create(Contents contents) {
        // What GenericContainer would offer is a new container at each start: it creates and cleans up, the rest is
        // ours.
        GenericContainer<?> container = new GenericContainer<>(
                        DockerImageName.parse(contents.image().reference()))
                .withNetwork(network)
                .withNetworkAliases(contents.name())
                .withImagePullPolicy(image -> false)
                .waitingFor(new Immediately())
                .withCreateContainerCmdModifier(command -> {
                    HostConfig host = command.getHostConfig();
                    if (host != null) {
                        host.withPortBindings(List.of(PortBinding.parse(
                                        "127.0.0.1:" + contents.hostPort() + ":" + contents.containerPort())))
                                .withMemory(contents.memoryBytes());
                    }
                })
                .withExposedPorts(contents.containerPort());
        contents.files()
                .forEach((name, content) -> container.withCopyToContainer(
                        Transferable.of(content, READABLE), Contents.CONFIGURATION + name));
        created.put(contents.name(), container);
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            throw new IllegalStateException(
                    "no container from " + contents.image().reference()
                            + "; make the images by deploy/local/containers/build.sh: " + e.getMessage(),
                    e);
        }
        new EngineContainer(contents, container.getContainerId(), client).follow(0);
        return container.getContainerId();
    }

    /** Removes the containers with their data, and the network. */
    @Override
    public void close() {
        created.values().forEach(GenericContainer::stop);
        network.close();
    }

    /** We ask the server ourselves, by the same question as everywhere. */
    private static final class Immediately extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            // Nothing to wait for here.
        }
    }
}
