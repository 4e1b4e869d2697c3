package io.ashlar.filter.schema;

/** Bodies shown in the OpenAPI document; the README's examples, which a test runs, say the same. */
final class Examples {

    static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:ashlar:dataset:flights:1",
             "title": "A query of flights", "type": "object", "additionalProperties": false,
             "properties": {"fields": {"type": "array", "uniqueItems": true,
               "items": {"enum": ["id", "date", "origin", "delay"]}}}}
            """;

    static final String QUERY = """
            {"filters": [{"field": "delay", "op": "gt", "value": 60}],
             "aggregate": {"group_by": [{"field": "origin"}], "measures": [{"fn": "count", "as": "flights"}]}}
            """;

    static final String VALID = """
            {"valid": true,
             "canonical": {"filters": [{"field": "delay", "op": "gt", "value": 60}], "sort": [], "fields": [],
               "tz": "UTC",
               "aggregate": {"group_by": [{"field": "origin", "as": "origin"}],
                 "measures": [{"fn": "count", "as": "flights"}], "having": {}}}}
            """;

    private Examples() {}
}
