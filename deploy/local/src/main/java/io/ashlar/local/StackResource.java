package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The stack as a Quarkus test resource:
 *
 * <pre>{@code
 * @QuarkusTestResource(value = StackResource.class, initArgs = {
 *     @ResourceArg(name = "service", value = "filter"),
 *     @ResourceArg(name = "servers", value = "CONTROL,KAFKA,REDIS,OIDC")})
 * }</pre>
 *
 * <p>The stack is started once per JVM (one module's integration tests) and lives until the JVM ends; a later test that
 * asks for more servers gets a second stack only if the first lacks them. Ask for the same servers in all tests of a module.
 */
public final class StackResource implements QuarkusTestResourceLifecycleManager {

    private Set<Server> servers = Collections.emptySet();
    private String service = "";

    @Override
    public void init(Map<String, String> initArgs) {
        servers = parse(initArgs.getOrDefault("servers", ""));
        service = initArgs.getOrDefault("service", "");
    }

    @Override
    public Map<String, String> start() {
        Stack stack = SharedStack.get(servers);
        return service.isEmpty() ? Map.of() : stack.endpoints().quarkusConfig(service);
    }

    /** Nothing: the stack outlives the test classes and ends with the JVM. */
    @Override
    public void stop() {}

    /**
     * The running stack, for tests that break it.
     *
     * @throws IllegalStateException if no test of this JVM has started one
     */
    public static Stack stack() {
        return SharedStack.current();
    }

    static Set<Server> parse(String names) {
        Set<Server> parsed = Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> Server.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Server.class)));
        return parsed.isEmpty() ? EnumSet.allOf(Server.class) : parsed;
    }
}
