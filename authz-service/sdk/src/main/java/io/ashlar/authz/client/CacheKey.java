package io.ashlar.authz.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes two questions the same: tenant, caller, the whole question and the versions that answer it. Each part is written
 * with a type byte and its length, so that no two different questions can share a key, whatever their text. Numbers are told
 * apart as their JSON is: {@code 1} and {@code 1.0} differ, {@code int} and {@code long} do not. The bytes are kept, not a
 * hash of them.
 */
final class CacheKey {

    private final byte[] bytes;
    private final int hash;

    private CacheKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    static CacheKey of(UUID tenant, String caller, Evaluation evaluation, long policyVersion, long revision) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(tenant.getMostSignificantBits());
            out.writeLong(tenant.getLeastSignificantBits());
            out.writeLong(policyVersion);
            out.writeLong(revision);
            text(out, 's', caller);
            entity(out, evaluation.subject());
            text(out, 's', evaluation.action());
            entity(out, evaluation.resource());
            value(out, evaluation.context());
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return new CacheKey(bytes.toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    private static void entity(DataOutputStream out, EntityRef entity) throws IOException {
        text(out, 's', entity.type());
        text(out, 's', entity.id());
        value(out, entity.properties());
    }

    private static void value(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('z');
            case String text -> text(out, 's', text);
            case Boolean flag -> out.writeByte(flag ? 't' : 'f');
            case Map<?, ?> map -> map(out, map);
            case List<?> list -> {
                out.writeByte('l');
                out.writeInt(list.size());
                for (Object item : list) {
                    value(out, item);
                }
            }
            case Byte number -> text(out, 'i', number.toString());
            case Short number -> text(out, 'i', number.toString());
            case Integer number -> text(out, 'i', number.toString());
            case Long number -> text(out, 'i', number.toString());
            case BigDecimal number -> text(out, 'd', number.toString());
            case Number number -> text(out, 'n', number.getClass().getName() + ":" + number);
            default ->
                throw new IllegalArgumentException(
                        "not a JSON value: " + value.getClass().getName());
        }
    }

    private static void map(DataOutputStream out, Map<?, ?> map) throws IOException {
        TreeMap<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw new IllegalArgumentException("not a JSON name: " + entry.getKey());
            }
            sorted.put(name, entry.getValue());
        }
        out.writeByte('m');
        out.writeInt(sorted.size());
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            text(out, 's', entry.getKey());
            value(out, entry.getValue());
        }
    }

    private static void text(DataOutputStream out, char type, String text) throws IOException {
        out.writeByte(type);
        out.writeInt(text.length());
        // Not UTF-8: it has one question mark for all halves of characters.
        out.writeChars(text);
    }
}
