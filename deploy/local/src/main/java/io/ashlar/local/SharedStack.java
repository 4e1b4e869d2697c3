package io.ashlar.local;

import io.ashlar.local.Stack.Server;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stack per JVM. Quarkus loads this class once per class loader, so that a static field alone would start one stack
 * each: the directory is remembered in a system property, and who finds it attaches.
 */
final class SharedStack {

    private static final String DIRECTORY = "ashlar.stack.shared";

    /**
     * The same object for every class loader, each of which has a SharedStack of its own, and nobody else's: threads that
     * start servers read system properties.
     */
    private static final Object JVM = "io.ashlar.local.SharedStack".intern();

    private static @Nullable Stack current;

    private SharedStack() {}

    static Stack get(Set<Server> servers) {
        synchronized (JVM) {
            Stack held = held();
            if (held != null && held.endpoints().addresses().keySet().containsAll(servers)) {
                return held;
            }
            Stack started =
                    Stack.start(StackOptions.tests(servers).withKeycloak(Boolean.getBoolean("ashlar.stack.keycloak")));
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "ashlar-stack-close"));
            System.setProperty(DIRECTORY, started.directory().toString());
            current = started;
            return started;
        }
    }

    static Stack current() {
        synchronized (JVM) {
            Stack held = held();
            if (held == null) {
                throw new IllegalStateException("no stack has been started in this JVM");
            }
            return held;
        }
    }

    private static @Nullable Stack held() {
        String directory = System.getProperty(DIRECTORY);
        if (directory == null) {
            return null;
        }
        Stack held = current;
        if (held == null || !held.directory().equals(Path.of(directory))) {
            held = Stack.attach(Path.of(directory));
            current = held;
        }
        return held;
    }
}
