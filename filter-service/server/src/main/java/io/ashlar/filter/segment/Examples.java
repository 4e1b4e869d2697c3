package io.ashlar.filter.segment;

/** Bodies shown in the OpenAPI document; the README's examples, which a test runs, say the same. */
final class Examples {

    static final String REQUEST = """
            {"name": "Late out of the hubs", "description": "What the night shift looks at", "shared": "tenant",
             "filter": {"and": [
               {"field": "delay", "op": "gt", "value": 60},
               {"field": "origin", "op": "in", "value": ["ORD", "JFK", "DFW"]}]}}
            """;

    static final String SEGMENT = """
            {"id": "7b0c4a52-3f4e-4d0a-9d55-0a8f3a2f7c11", "dataset": "flights", "version": 1,
             "owner": "00000000-0000-4000-8000-000000000001", "name": "Late out of the hubs",
             "description": "What the night shift looks at", "shared": "tenant",
             "filter": {"and": [
               {"field": "delay", "op": "gt", "value": 60},
               {"field": "origin", "op": "in", "value": ["ORD", "JFK", "DFW"]}]},
             "created_at": "2026-11-21T12:00:00Z", "updated_at": "2026-11-21T12:00:00Z"}
            """;

    static final String LIST = """
            {"segments": [{"id": "7b0c4a52-3f4e-4d0a-9d55-0a8f3a2f7c11", "dataset": "flights", "version": 1,
              "owner": "00000000-0000-4000-8000-000000000001", "name": "Late out of the hubs",
              "description": "What the night shift looks at", "shared": "tenant",
              "filter": {"field": "delay", "op": "gt", "value": 60},
              "created_at": "2026-11-21T12:00:00Z", "updated_at": "2026-11-21T12:00:00Z"}],
             "next_cursor": "v1.k1.AAAA"}
            """;

    private Examples() {}
}
