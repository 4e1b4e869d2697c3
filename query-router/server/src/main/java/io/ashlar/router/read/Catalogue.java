package io.ashlar.router.read;

import io.ashlar.router.flight.Command;
import java.util.List;

/** What a relation really is. One row, or none if the relation is not there or may not be read. */
final class Catalogue {

    private static final String DESCRIBE = """
            SELECT (SELECT coalesce(json_agg(json_build_object(
                               'name', a.attname,
                               'type', format_type(a.atttypid, NULL),
                               'nullable', NOT a.attnotnull) ORDER BY a.attnum), '[]')
                    FROM pg_catalog.pg_attribute AS a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)::text,
                   (SELECT coalesce(json_agg(json_build_object(
                               'name', ic.relname,
                               'columns', (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, FALSE) ORDER BY k)
                                           FROM generate_series(1, i.indnkeyatts) AS k),
                               'method', am.amname) ORDER BY ic.relname), '[]')
                    FROM pg_catalog.pg_index AS i
                    JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
                    JOIN pg_catalog.pg_am AS am ON am.oid = ic.relam
                    WHERE i.indrelid = c.oid AND i.indisvalid)::text,
                   c.relrowsecurity
            FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = $1::text
              AND c.relname = $2::text
              AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND has_schema_privilege(n.oid, 'USAGE')
              AND has_table_privilege(c.oid, 'SELECT')""";

    private Catalogue() {}

    /** For {@code schema.table}. */
    static Command describe(String relation) {
        int dot = relation.indexOf('.');
        return new Command(DESCRIBE, List.of(relation.substring(0, dot), relation.substring(dot + 1)));
    }
}
