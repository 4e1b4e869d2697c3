package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes two requests pages of one query: filter, order, fields and zone as the client said them; not the limit,
 * not the cursor, not how the JSON was spaced. SHA-256 over the canonical JSON. Thread-safe.
 */
public final class QueryHash {

    private static final FilterJson FILTERS = new FilterJson();

    private QueryHash() {}

    /** {@code sha256:} and 64 hexadecimal digits. */
    public static String of(Query query) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("filters", FILTERS.write(query.filter()));
        var sort = node.putArray("sort");
        for (SortKey key : query.sort()) {
            ObjectNode written = sort.addObject()
                    .put("field", key.field())
                    .put("dir", key.dir().wire())
                    .put("nulls", key.nulls().wire());
            if (key.rank() != null) {
                written.put("rank", key.rank());
            }
        }
        query.fields().forEach(node.putArray("fields")::add);
        node.put("tz", query.tz());
        Aggregate aggregate = query.aggregate();
        if (aggregate != null) {
            node.set("aggregate", AggregateJson.write(aggregate));
        }
        return "sha256:"
                + HexFormat.of().formatHex(sha256().digest(node.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
