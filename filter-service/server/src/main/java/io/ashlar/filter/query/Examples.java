package io.ashlar.filter.query;

/** Bodies shown in the OpenAPI document; the README's examples, which a test runs, say the same. */
final class Examples {

    static final String QUERY = """
            {"filters": [
               {"field": "delay", "op": "gt", "value": 60},
               {"field": "origin", "op": "in", "value": ["ORD", "JFK", "DFW"]},
               {"field": "date", "op": "between", "value": ["2001-01-01", "2001-04-01"]}],
             "sort": [{"field": "delay", "dir": "desc"}],
             "fields": ["id", "origin", "delay", "distance"],
             "page": {"limit": 50}}
            """;

    static final String PAGE = """
            {"rows": [{"id": "flight:17", "origin": "ORD", "delay": 61, "distance": null}],
             "next_cursor": "v1.k1.AAAA",
             "masked": ["distance"],
             "source": "replica-1", "lag_ms": 3, "consistency": "eventual", "reason": "replica",
             "token": "v1.eyJpIjoxfQ"}
            """;

    static final String RESOLVE = """
            {"op": "stream",
             "query": {"filters": [{"field": "delay", "op": "gt", "value": 60}], "fields": ["id", "delay"]}}
            """;

    static final String RESOLVED = """
            {"sealed": "eyJhbGciOiJIUzI1NiJ9.e30.AAAA", "expires_at": "2026-11-21T12:01:00Z",
             "query_hash": "sha256:00", "dataset_version": 3, "policy_version": 7,
             "fields": [{"name": "id", "type": "string"}, {"name": "delay", "type": "int64"}],
             "masked": []}
            """;

    private Examples() {}
}
