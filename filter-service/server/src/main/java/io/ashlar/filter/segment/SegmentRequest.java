package io.ashlar.filter.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.body.StrictBody;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.FaultCode;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.QueryReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a segment: {@code {"name":…,"description":…,"shared":"private","filter":{…}}}. What can be told without the
 * dataset is told at once; whoever finds more adds it to {@code faults}.
 *
 * @param content null where the body has faults
 */
record SegmentRequest(@Nullable SegmentContent content, List<Fault> faults) {

    private static final int NAME_MAX = 128;
    private static final int DESCRIPTION_MAX = 2_000;
    private static final List<String> KEYS = List.of("name", "description", "shared", "filter");
    private static final QueryReader QUERIES = new QueryReader();

    SegmentRequest {
        faults = List.copyOf(faults);
    }

    /**
     * Reads it strictly.
     *
     * @throws ProblemException {@code malformed_json}
     */
    static SegmentRequest read(byte[] body) {
        JsonNode node = StrictBody.parse(body);
        List<Fault> faults = new ArrayList<>();
        if (!node.isObject()) {
            faults.add(new Fault(FaultCode.WRONG_TYPE, "", "An object is expected."));
            return new SegmentRequest(null, faults);
        }
        faults.addAll(StrictBody.unknownKeys(node, "", KEYS));
        String name = text(node, "name", NAME_MAX, faults);
        if (name != null && name.isBlank()) {
            faults.add(new Fault(FaultCode.VALUE_INVALID, "/name", "A name is expected."));
        }
        String description = node.has("description") ? text(node, "description", DESCRIPTION_MAX, faults) : "";
        Sharing shared = node.has("shared") ? sharing(node.get("shared"), faults) : Sharing.PRIVATE;
        Filter filter = filter(node.path("filter"), faults);
        boolean whole = faults.isEmpty() && name != null && description != null && shared != null && filter != null;
        return new SegmentRequest(whole ? new SegmentContent(name, description, shared, filter) : null, faults);
    }

    /** The content, or a problem with all faults. */
    SegmentContent orElseThrow() {
        if (content == null) {
            throw invalid(faults);
        }
        return content;
    }

    static ProblemException invalid(List<Fault> faults) {
        return new ProblemException(
                FilterError.SEGMENT_INVALID, "The segment has " + faults.size() + " faults.", faults);
    }

    private static @Nullable String text(JsonNode node, String key, int most, List<Fault> faults) {
        JsonNode value = node.path(key);
        String pointer = "/" + key;
        if (value.isMissingNode()) {
            faults.add(new Fault(FaultCode.MISSING_KEY, "", "The key \"" + key + "\" is missing."));
            return null;
        }
        if (!value.isTextual()) {
            faults.add(new Fault(FaultCode.WRONG_TYPE, pointer, "A string is expected."));
            return null;
        }
        String text = value.textValue();
        if (text.codePointCount(0, text.length()) > most) {
            faults.add(new Fault(FaultCode.TOO_LONG, pointer, "At most " + most + " characters are taken."));
            return null;
        }
        // What PostgreSQL's text cannot hold, and what a line of a list cannot show.
        boolean storable = text.codePoints()
                .noneMatch(
                        c -> (c < ' ' && c != '\n') || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        if (!storable) {
            faults.add(new Fault(FaultCode.VALUE_INVALID, pointer, "A character in it cannot be stored."));
            return null;
        }
        return text;
    }

    private static @Nullable Sharing sharing(JsonNode value, List<Fault> faults) {
        Sharing shared = value.isTextual() ? Sharing.ofWire(value.textValue()) : null;
        if (shared == null) {
            faults.add(new Fault(
                    FaultCode.VALUE_INVALID, "/shared", "There is no such way to share.", Sharing.wires(), null));
        }
        return shared;
    }

    /** By the reader of queries, so that the grammar and its bounds are the same. */
    private static @Nullable Filter filter(JsonNode node, List<Fault> faults) {
        if (node.isMissingNode()) {
            faults.add(new Fault(FaultCode.MISSING_KEY, "", "The key \"filter\" is missing."));
            return null;
        }
        if (!node.isObject()) {
            faults.add(new Fault(FaultCode.WRONG_TYPE, "/filter", "A filter node is an object."));
            return null;
        }
        String query =
                JsonNodeFactory.instance.objectNode().set("filters", node).toString();
        return switch (QUERIES.read(query.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Ok<Query>(Query read) -> read.filter();
            case Parsed.Faulty<Query>(List<Fault> found) -> {
                found.stream()
                        .map(fault -> fault.moved(SegmentRules::underFilter))
                        .forEach(faults::add);
                yield null;
            }
        };
    }
}
