package io.ashlar.authz.publication;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.body.Bodies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A body that says why, or no body. */
public final class Reasons {

    /** As long as the database takes. */
    public static final int LENGTH_MAX = 1_000;

    private Reasons() {}

    /** The reason; null if there is none or it is a fault. */
    public static @Nullable String read(Bodies bodies, @Nullable JsonNode body) {
        if (body == null || !bodies.only(body, List.of("reason")) || !body.has("reason")) {
            return null;
        }
        return bodies.text(body.path("reason"), "/reason", LENGTH_MAX);
    }
}
