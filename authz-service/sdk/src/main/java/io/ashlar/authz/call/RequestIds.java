package io.ashlar.authz.call;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where calls find the id of the request they are made for. The guard sets the source once at start, as OpenTelemetry does
 * with its global instance; without one a call carries no id. Thread-safe.
 */
public final class RequestIds {

    private static final AtomicReference<Supplier<@Nullable String>> SOURCE = new AtomicReference<>(() -> null);

    private RequestIds() {}

    public static void source(Supplier<@Nullable String> source) {
        SOURCE.set(source);
    }

    /** The current request's id, or null outside a request. */
    public static @Nullable String current() {
        return SOURCE.get().get();
    }
}
