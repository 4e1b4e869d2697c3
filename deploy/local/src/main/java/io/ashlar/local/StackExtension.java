package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The stack in a plain JUnit 5 test: {@code @RegisterExtension static final StackExtension STACK =
 * StackExtension.of(Server.CONTROL);}. Shares the JVM's one stack with {@link StackResource}.
 */
public final class StackExtension implements BeforeAllCallback {

    private final Set<Server> servers;

    private StackExtension(Set<Server> servers) {
        this.servers = servers;
    }

    /** Asks for these servers; none means all. */
    public static StackExtension of(Server... servers) {
        return new StackExtension(
                servers.length == 0 ? EnumSet.allOf(Server.class) : EnumSet.copyOf(Arrays.asList(servers)));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        SharedStack.get(servers);
    }

    /** The running stack. */
    public Stack stack() {
        return SharedStack.get(servers);
    }

    /** The same as {@code stack().endpoints()}. */
    public Endpoints endpoints() {
        return stack().endpoints();
    }
}
