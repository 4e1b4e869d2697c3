package io.ashlar.export.request;

/** What the API's document shows; the README's examples are the same. */
final class Examples {

    static final String REQUEST = """
            {
              "source": "flights",
              "filters": [{"field": "delay", "op": "gt", "value": 60}, {"field": "origin", "op": "in", "value": ["SFO", "OAK"]}],
              "sort": [{"field": "delay", "dir": "desc"}],
              "fields": ["date", "origin", "destination", "delay"],
              "format": "csv",
              "priority": "standard"
            }""";

    static final String EVERYTHING = """
            {"source": "flights", "format": "csv"}""";

    static final String QUEUED = """
            {
              "id": "0b0f3c62-5b0e-4f5e-9d3c-0d5c1b7f8a10",
              "state": "queued",
              "source": "flights",
              "format": "csv",
              "priority": "standard",
              "as_of": {"kind": "run time"},
              "rows": 0,
              "bytes": 0,
              "attempts": 0,
              "created_at": "2026-11-21T16:00:00.000000Z"
            }""";

    static final String SUCCEEDED = """
            {
              "id": "0b0f3c62-5b0e-4f5e-9d3c-0d5c1b7f8a10",
              "state": "succeeded",
              "source": "flights",
              "format": "csv",
              "priority": "standard",
              "as_of": {"kind": "run time"},
              "rows": 431,
              "bytes": 18764,
              "attempts": 1,
              "created_at": "2026-11-21T16:00:00.000000Z",
              "started_at": "2026-11-21T16:00:00.120000Z",
              "finished_at": "2026-11-21T16:00:00.480000Z",
              "expires_at": "2026-11-28T16:00:00.480000Z"
            }""";

    static final String UNSUPPORTED_FORMAT = """
            {
              "type": "urn:ashlar:problem:unsupported_format",
              "title": "The format is not offered",
              "status": 400,
              "code": "unsupported_format",
              "detail": "This format is not offered.",
              "errors": [
                {"code": "unsupported_format", "pointer": "/format", "detail": "This format is not offered.", "allowed": ["csv"]}
              ]
            }""";

    private Examples() {}
}
