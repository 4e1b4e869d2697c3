package io.ashlar.filter.dsl;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Time zones by their names. Regions, of which there are some hundred, are remembered. Thread-safe. */
final class Zones {

    private static final Map<String, ZoneId> REGIONS =
            new ConcurrentHashMap<>(Map.of(Query.DEFAULT_TZ, ZoneId.of(Query.DEFAULT_TZ)));

    private Zones() {}

    /** Null if there is no such zone. */
    static @Nullable ZoneId find(String name) {
        ZoneId known = REGIONS.get(name);
        if (known != null) {
            return known;
        }
        try {
            ZoneId zone = ZoneId.of(name);
            // Only regions have a stroke in their names, and none is taken that is not listed: offsets have no end.
            if (name.indexOf('/') > 0) {
                REGIONS.put(name, zone);
            }
            return zone;
        } catch (DateTimeException unknown) {
            return null;
        }
    }

    /** As {@link #find}, of a name that was looked up before; any other is a {@link DateTimeException}. */
    static ZoneId of(String name) {
        ZoneId known = REGIONS.get(name);
        return known == null ? ZoneId.of(name) : known;
    }
}
