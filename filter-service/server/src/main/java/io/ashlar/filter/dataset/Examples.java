package io.ashlar.filter.dataset;

/** Bodies shown in the OpenAPI document; the README's examples, which a test runs, say the same. */
final class Examples {

    static final String DECLARATION = """
            {"relation": "ingest.entity_jsonb",
             "tenant_column": "tenant_id",
             "key": ["id"],
             "cedar_type": "Flight",
             "entity_prefix": "flight:",
             "fields": [
               {"name": "id", "type": "string", "source": {"column": "entity_id"}, "nullable": false},
               {"name": "date", "type": "timestamp", "source": {"json": "attributes", "key": "date"}},
               {"name": "origin", "type": "string", "source": {"json": "attributes", "key": "origin"}},
               {"name": "delay", "type": "int64", "source": {"json": "attributes", "key": "delay"}},
               {"name": "distance", "type": "int64", "source": {"json": "attributes", "key": "distance"},
                "sensitivity": "commercial"}]}
            """;

    static final String DATASET = """
            {"name": "flights", "version": 1, "relation": "ingest.entity_jsonb", "tenant_column": "tenant_id",
             "key": ["id"], "cedar_type": "Flight", "entity_prefix": "flight:",
             "fields": [{"name": "id", "type": "string", "source": {"column": "entity_id"}, "sensitivity": "public",
                         "cedar_attribute": "id", "nullable": false, "operators": ["eq", "in"]}],
             "warnings": []}
            """;

    static final String LIST = """
            {"datasets": [{"name": "flights", "version": 1}], "next_cursor": "v1.k1.AAAA"}
            """;

    private Examples() {}
}
