package io.ashlar.filter.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.filter.dsl.FilterJson;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.QueryHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a client asked, and the hash by which a cursor and a receipt know it again.
 *
 * @param hash {@code sha256:…} over filter, what its segments stand for, sort, fields and time zone in canonical JSON; the
 *     page is not part of it, so that the size of pages may change on the way
 */
public record ClientQuery(Query query, String hash) {

    private static final FilterJson FILTERS = new FilterJson();

    /** @param segments fingerprint of what the query's segments stand for; empty if there are none */
    static ClientQuery of(Query query, String segments) {
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        canonical.set("filter", FILTERS.write(query.filter()));
        ArrayNode sort = canonical.putArray("sort");
        query.sort().forEach(key -> {
            ObjectNode written = sort.addObject()
                    .put("field", key.field())
                    .put("dir", key.dir().wire())
                    .put("nulls", key.nulls().wire());
            if (key.rank() != null) {
                written.put("rank", key.rank());
            }
        });
        query.fields().forEach(canonical.putArray("fields")::add);
        canonical.put("tz", query.tz());
        if (!segments.isEmpty()) {
            canonical.put("segments", segments);
        }
        return new ClientQuery(query, sha256(canonical.toString()));
    }

    /** As {@link #hash}, of an aggregate. */
    static String hashOfGroups(Query query, String segments) {
        String hash = QueryHash.of(query);
        return segments.isEmpty() ? hash : sha256(hash + " " + segments);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the runtime has no SHA-256", impossible);
        }
    }
}
