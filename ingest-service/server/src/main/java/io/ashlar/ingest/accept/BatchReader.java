package io.ashlar.ingest.accept;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.attribute.DeclaredAttribute;
import io.ashlar.ingest.client.BatchAnswer.Rejected;
import io.ashlar.ingest.event.TelemetryRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code {"records":[…]}} or one record per line, token by token. A record that cannot be taken is told by index; a body
 * that is no JSON at all is refused as a whole, but of lines only the broken one.
 */
final class BatchReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(100)
                    .maxNameLength(1_024)
                    .build())
            .build();

    private final AcceptConfig limits;
    private final RecordReader reader;
    private final List<TelemetryRecord> valid = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    private BatchReader(Map<String, DeclaredAttribute> attributes, AcceptConfig limits) {
        this.limits = limits;
        this.reader = new RecordReader(attributes, limits);
    }

    /** Reads a body of {@code application/json}. */
    static ReadBatch json(byte[] body, Map<String, DeclaredAttribute> attributes, AcceptConfig limits) {
        BatchReader batch = new BatchReader(attributes, limits);
        try {
            batch.document(body);
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        } catch (IOException undecodable) {
            throw malformed("the bytes are in no encoding of JSON");
        }
        return batch.done();
    }

    /** Reads a body of {@code application/x-ndjson}; blank lines are passed over. */
    static ReadBatch lines(byte[] body, Map<String, DeclaredAttribute> attributes, AcceptConfig limits) {
        BatchReader batch = new BatchReader(attributes, limits);
        int from = 0;
        int index = 0;
        while (from < body.length) {
            int to = from;
            boolean blank = true;
            while (to < body.length && body[to] != '\n') {
                blank &= body[to] == ' ' || body[to] == '\r' || body[to] == '\t';
                to++;
            }
            if (!blank) {
                batch.line(body, from, to - from, index++);
            }
            from = to + 1;
        }
        return batch.done();
    }

    private ReadBatch done() {
        if (valid.isEmpty() && rejected.isEmpty()) {
            throw new ProblemException(IngestError.BATCH_EMPTY, "the request has no records");
        }
        return new ReadBatch(valid, rejected);
    }

    private void document(byte[] body) throws IOException {
        List<Fault> faults = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid(List.of(new Fault("wrong_type", "", "an object with records is expected")));
            }
            boolean seen = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (!name.equals("records")) {
                    faults.add(new Fault(
                            "unknown_field", "/" + name, "the request has no such member", List.of("records"), null));
                    parser.skipChildren();
                } else if (seen) {
                    faults.add(new Fault("duplicate_field", "/records", "the member appears twice"));
                    parser.skipChildren();
                } else {
                    seen = true;
                    records(parser, faults);
                }
            }
            if (!seen) {
                faults.add(new Fault("required", "/records", "the member is missing"));
            }
            if (parser.nextToken() != null) {
                faults.add(new Fault("malformed_json", "", "something follows the object"));
            }
        }
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
    }

    private void records(JsonParser parser, List<Fault> faults) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            faults.add(new Fault("wrong_type", "/records", "an array is expected"));
            parser.skipChildren();
            return;
        }
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            one(parser, index++);
        }
    }

    private void line(byte[] body, int from, int length, int index) {
        int before = valid.size();
        try (JsonParser parser = JSON.createParser(body, from, length)) {
            parser.nextToken();
            one(parser, index);
            if (parser.nextToken() != null) {
                takeBack(before, index, "something follows the record");
            }
        } catch (JsonProcessingException malformed) {
            takeBack(before, index, "the line is not JSON");
        } catch (IOException undecodable) {
            takeBack(before, index, "the line is in no encoding of JSON");
        }
    }

    private void takeBack(int before, int index, String detail) {
        while (valid.size() > before) {
            valid.removeLast();
        }
        if (!rejected.isEmpty() && rejected.getLast().index() == index) {
            rejected.removeLast();
        }
        rejected.add(new Rejected(index, List.of(new Fault(IngestError.MALFORMED_RECORD.code(), "", detail))));
    }

    private void one(JsonParser parser, int index) throws IOException {
        if (index >= limits.recordsMax()) {
            throw new ProblemException(
                    IngestError.TOO_MANY_RECORDS, "a request has at most " + limits.recordsMax() + " records");
        }
        TelemetryRecord telemetry = reader.read(parser, index);
        if (telemetry == null) {
            rejected.add(new Rejected(index, reader.faults()));
        } else {
            valid.add(telemetry);
        }
    }

    private static ProblemException invalid(List<Fault> faults) {
        return new ProblemException(DoorError.INVALID_REQUEST, "the request is not a batch", faults);
    }

    private static ProblemException malformed(JsonProcessingException where) {
        String place = where.getLocation() == null
                ? ""
                : "line " + where.getLocation().getLineNr() + ", column "
                        + where.getLocation().getColumnNr();
        return malformed("not JSON at " + place);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(
                DoorError.MALFORMED_JSON, "the body is not JSON", List.of(new Fault("malformed_json", "", detail)));
    }
}
