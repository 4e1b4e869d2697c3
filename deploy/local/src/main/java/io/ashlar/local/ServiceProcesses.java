package io.ashlar.local;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Runs the services. */
final class ServiceProcesses implements Services {

    private final Stack stack;
    private final Options options;

    ServiceProcesses(Stack stack, Options options) {
        this.stack = stack;
        this.options = options;
    }

    @Override
    public List<Instance> start(Service... services) {
        throw new StackException("not yet: " + stack + options);
    }

    @Override
    public Instance start(Service service, Map<String, String> extra) {
        throw new StackException("not yet");
    }

    @Override
    public List<Instance> instances() {
        return List.of();
    }

    @Override
    public URI url(Service service) {
        throw new StackException("not yet");
    }

    @Override
    public void stop(Instance instance) {}

    @Override
    public void start(Instance instance) {}

    @Override
    public void kill(Instance instance) {}

    @Override
    public void pause(Instance instance) {}

    @Override
    public void resume(Instance instance) {}

    @Override
    public boolean alive(Instance instance) {
        return false;
    }

    @Override
    public void close() {}
}
