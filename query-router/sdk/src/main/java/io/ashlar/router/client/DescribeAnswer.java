package io.ashlar.router.client;

import java.util.List;

/**
 * What a relation really is, from the store's catalogue.
 *
 * @param columns in the relation's order
 * @param indexes valid ones only
 */
public record DescribeAnswer(
        List<Column> columns,
        List<Index> indexes,
        String source,
        long lagMs,
        String consistency,
        String reason,
        String token)
        implements Fresh {

    public DescribeAnswer {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
    }

    /**
     * A column.
     *
     * @param type as PostgreSQL writes it: {@code bigint}, {@code text}, {@code timestamp with time zone}, {@code jsonb}, …
     */
    public record Column(String name, String type, boolean nullable) {}

    /**
     * An index.
     *
     * @param columns its keys in order; an expression where a key is no column
     * @param method {@code btree}, {@code brin}, {@code gin}, …
     */
    public record Index(String name, List<String> columns, String method) {

        public Index {
            columns = List.copyOf(columns);
        }
    }
}
