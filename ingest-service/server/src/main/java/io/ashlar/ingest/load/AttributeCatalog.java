package io.ashlar.ingest.load;

import io.agroal.api.AgroalDataSource;
import io.ashlar.ingest.event.AttributeKind;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All attributes by number, as the loader sees them. An attribute is committed before a record can name it, so that one reload
 * finds every number that is honest; a number that was not found stays unknown for a second. Thread-safe.
 */
@ApplicationScoped
class AttributeCatalog {

    /**
     * A declared attribute.
     *
     * @param hot whether it is projected
     */
    record Entry(UUID tenant, String name, AttributeKind kind, boolean hot) {}

    private static final long RELOAD_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long MISS_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MISSES_KEPT = 1_000;

    private static final String ALL = """
            SELECT attribute_id, tenant_id, name, kind, hot
            FROM ingest.attributes
            """;

    private final AgroalDataSource system;
    private final Map<Integer, Long> missedAt = new ConcurrentHashMap<>();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Long.MIN_VALUE);

    private record Snapshot(Map<Integer, Entry> entries, long loadedAt) {
        boolean olderThan(long nanos) {
            return loadedAt == Long.MIN_VALUE || System.nanoTime() - loadedAt > nanos;
        }
    }

    AttributeCatalog(@DataSource("system") AgroalDataSource system) {
        this.system = system;
    }

    /** The attribute of that number, or null if there is none. */
    @Nullable Entry find(int attributeId) throws SQLException {
        Snapshot current = snapshot;
        if (current.olderThan(RELOAD_NANOS)) {
            current = reload();
        }
        Entry entry = current.entries().get(attributeId);
        if (entry != null) {
            return entry;
        }
        Long missed = missedAt.get(attributeId);
        if (missed != null && System.nanoTime() - missed < MISS_NANOS) {
            return null;
        }
        entry = reload().entries().get(attributeId);
        if (entry == null) {
            if (missedAt.size() >= MISSES_KEPT) {
                missedAt.clear();
            }
            missedAt.put(attributeId, System.nanoTime());
        }
        return entry;
    }

    private synchronized Snapshot reload() throws SQLException {
        Map<Integer, Entry> entries = new HashMap<>();
        try (Connection connection = system.getConnection();
                PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                AttributeKind kind = AttributeKind.ofWire(rows.getString(4))
                        .orElseThrow(() -> new SQLException("a kind that this version does not know"));
                entries.put(
                        rows.getInt(1),
                        new Entry(rows.getObject(2, UUID.class), rows.getString(3), kind, rows.getBoolean(5)));
            }
        }
        Snapshot loaded = new Snapshot(entries, System.nanoTime());
        snapshot = loaded;
        return loaded;
    }
}
