package io.ashlar.filter.dsl;

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

    private QueryHash() {}

    /** {@code sha256:} and 64 hexadecimal digits. */
    public static String of(Query query) {
        ObjectNode node = QueryJson.hashed(query);
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
