package io.ashlar.ingest.load;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ashlar.ingest.event.EventTime;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The hot projection of a range of records: per entity and attribute the greatest (event time, partition, offset, index) of the
 * batch is found here, and wins in the store only if it is greater than what is there. So the order in which events arrive does
 * not matter. One statement for all entities.
 */
final class HotFold {

    private static final String UPSERT = """
            INSERT INTO ingest.entity_jsonb AS e (tenant_id, entity_id, attributes, versions, event_at, updated_at)
            SELECT n.tenant_id, n.entity_id, n.attributes::jsonb, n.versions::jsonb,
                   timestamptz 'epoch' + n.event_at * interval '1 microsecond', clock_timestamp()
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                 AS n (tenant_id, entity_id, attributes, versions, event_at)
            ON CONFLICT (tenant_id, entity_id) DO UPDATE SET
                attributes = e.attributes || coalesce((
                    SELECT jsonb_object_agg(w.key, excluded.attributes -> w.key)
                    FROM jsonb_each(excluded.versions) AS w
                    WHERE e.versions -> w.key IS NULL OR w.value > e.versions -> w.key), '{}'::jsonb),
                versions = e.versions || coalesce((
                    SELECT jsonb_object_agg(w.key, w.value)
                    FROM jsonb_each(excluded.versions) AS w
                    WHERE e.versions -> w.key IS NULL OR w.value > e.versions -> w.key), '{}'::jsonb),
                event_at = greatest(e.event_at, excluded.event_at),
                updated_at = excluded.updated_at
            WHERE EXISTS (
                SELECT FROM jsonb_each(excluded.versions) AS w
                WHERE e.versions -> w.key IS NULL OR w.value > e.versions -> w.key)
            """;

    private record EntityKey(UUID tenant, String entityId) {}

    private final RowBuffer buffer;
    private final AttributeCatalog catalog;
    /** Per entity: attribute name to the winning row, names in order so that equal input gives equal text. */
    private final Map<EntityKey, SortedMap<String, Integer>> winners = new HashMap<>();

    HotFold(RowBuffer buffer, AttributeCatalog catalog) {
        this.buffer = buffer;
        this.catalog = catalog;
    }

    void add(int telemetry) throws SQLException {
        SortedMap<String, Integer> ofEntity = null;
        for (int row = buffer.firstRow[telemetry]; row < buffer.firstRow[telemetry + 1]; row++) {
            AttributeCatalog.Entry entry = catalog.find(buffer.attribute[row]);
            if (entry == null || !entry.hot()) {
                continue;
            }
            if (ofEntity == null) {
                EntityKey key = new EntityKey(buffer.tenantOf(telemetry), buffer.entityOf(telemetry));
                ofEntity = winners.computeIfAbsent(key, k -> new TreeMap<>());
            }
            Integer before = ofEntity.get(entry.name());
            if (before == null || wins(row, before)) {
                ofEntity.put(entry.name(), row);
            }
        }
    }

    /** Writes what was added; entities in key order, so that two writers never lock in opposite orders. */
    void write(Connection connection) throws SQLException {
        if (winners.isEmpty()) {
            return;
        }
        List<EntityKey> keys = new ArrayList<>(winners.keySet());
        keys.sort(Comparator.comparing(EntityKey::tenant).thenComparing(EntityKey::entityId));
        int count = keys.size();
        UUID[] tenants = new UUID[count];
        String[] entities = new String[count];
        String[] attributes = new String[count];
        String[] versions = new String[count];
        Long[] eventAt = new Long[count];
        for (int i = 0; i < count; i++) {
            EntityKey key = keys.get(i);
            SortedMap<String, Integer> ofEntity = winners.getOrDefault(key, new TreeMap<>());
            tenants[i] = key.tenant();
            entities[i] = key.entityId();
            attributes[i] = attributes(ofEntity);
            versions[i] = versions(ofEntity);
            eventAt[i] = ofEntity.values().stream()
                    .mapToLong(row -> buffer.eventAt[buffer.rowRecord[row]])
                    .max()
                    .orElseThrow();
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            List<Array> arrays = List.of(
                    connection.createArrayOf("uuid", tenants),
                    connection.createArrayOf("text", entities),
                    connection.createArrayOf("text", attributes),
                    connection.createArrayOf("text", versions),
                    connection.createArrayOf("int8", eventAt));
            for (int i = 0; i < arrays.size(); i++) {
                statement.setArray(i + 1, arrays.get(i));
            }
            statement.executeUpdate();
        }
    }

    private boolean wins(int row, int other) {
        int a = buffer.rowRecord[row];
        int b = buffer.rowRecord[other];
        if (buffer.eventAt[a] != buffer.eventAt[b]) {
            return buffer.eventAt[a] > buffer.eventAt[b];
        }
        ChunkSpan spanA = buffer.chunkOf(a);
        ChunkSpan spanB = buffer.chunkOf(b);
        if (spanA.hold.partition() != spanB.hold.partition()) {
            return spanA.hold.partition() > spanB.hold.partition();
        }
        if (spanA.offset != spanB.offset) {
            return spanA.offset > spanB.offset;
        }
        return buffer.index[a] > buffer.index[b];
    }

    private String attributes(SortedMap<String, Integer> ofEntity) {
        StringBuilder json = new StringBuilder("{");
        ofEntity.forEach((name, row) -> {
            comma(json).append('"').append(name).append("\":");
            value(json, row);
        });
        return json.append('}').toString();
    }

    private String versions(SortedMap<String, Integer> ofEntity) {
        StringBuilder json = new StringBuilder("{");
        ofEntity.forEach((name, row) -> {
            int telemetry = buffer.rowRecord[row];
            ChunkSpan span = buffer.chunkOf(telemetry);
            comma(json).append('"').append(name).append("\":[");
            json.append(buffer.eventAt[telemetry]).append(',').append(span.hold.partition());
            json.append(',')
                    .append(span.offset)
                    .append(',')
                    .append(buffer.index[telemetry])
                    .append(']');
        });
        return json.append('}').toString();
    }

    private void value(StringBuilder json, int row) {
        long bits = buffer.value[row];
        switch (buffer.kind[row]) {
            case RowBuffer.STRING -> {
                json.append('"');
                JsonStringEncoder.getInstance().quoteAsString(buffer.textOf(row), json);
                json.append('"');
            }
            case RowBuffer.BOOL -> json.append(bits != 0);
            case RowBuffer.INT64 -> json.append(bits);
            case RowBuffer.DOUBLE -> json.append(Double.longBitsToDouble(bits));
            case RowBuffer.TIMESTAMP ->
                json.append('"').append(EventTime.format(bits)).append('"');
            default -> json.append("null");
        }
    }

    private static StringBuilder comma(StringBuilder json) {
        return json.length() == 1 ? json : json.append(',');
    }
}
