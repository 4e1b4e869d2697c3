package io.ashlar.router.client;

import java.util.List;

/**
 * The first line of a stream.
 *
 * @param fields what each row holds, in order
 */
public record StreamHeader(List<StreamField> fields, String source, long lagMs, String consistency, String reason) {

    public StreamHeader {
        fields = List.copyOf(fields);
    }

    /**
     * A field of each row.
     *
     * @param type the wire name of a dataset's field type: {@code string}, {@code int64}, …
     */
    public record StreamField(String name, String type) {}
}
