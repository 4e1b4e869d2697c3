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

    static final String VERSIONS = """
            {"versions": [
               {"version": 2, "declared_by": "00000000-0000-4000-8000-000000000002", "declared_at": "2026-11-21T12:00:00Z"},
               {"version": 1, "declared_by": "00000000-0000-4000-8000-000000000002", "declared_at": "2026-11-20T12:00:00Z"}],
             "next_cursor": "v1.k1.AAAA"}
            """;

    static final String VERSION = """
            {"name": "flights", "version": 2, "relation": "ingest.entity_jsonb", "tenant_column": "tenant_id",
             "key": ["id"], "cedar_type": "Flight", "entity_prefix": "flight:",
             "fields": [{"name": "id", "type": "string", "source": {"column": "entity_id"}, "sensitivity": "public",
                         "cedar_attribute": "id", "nullable": false, "operators": ["eq", "in"]}],
             "declared_by": "00000000-0000-4000-8000-000000000002", "declared_at": "2026-11-21T12:00:00Z",
             "changes": [{"code": "field_removed", "verdict": "breaking", "pointer": "/fields",
                          "detail": "delay: The field is gone."}]}
            """;

    private Examples() {}
}
