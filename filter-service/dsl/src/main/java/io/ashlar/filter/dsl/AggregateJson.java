package io.ashlar.filter.dsl;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The canonical JSON of an aggregate: every member said, in one order. Thread-safe. */
public final class AggregateJson {

    private static final FilterJson FILTERS = new FilterJson();
    private static final String TZ = "tz";
    private static final Set<String> MEMBERS = Set.of("group_by", "measures", "having", TZ);

    public AggregateJson() {}

    /**
     * What a seal says of an aggregate: {@code {"group_by","measures","having","tz"}}. Filter, order and limit stand
     * beside it, where every other operation has them.
     */
    public JsonNode write(CheckedAggregate aggregate) {
        ObjectNode node = write(new Aggregate(aggregate.groups(), aggregate.measures(), aggregate.having(), false));
        return node.put(TZ, aggregate.tz());
    }

    /**
     * The aggregate that {@link #write(CheckedAggregate)} wrote, or all faults with pointers relative to {@code node}.
     * It is fitted to the dataset once more; one that had not been fitted before is a fault.
     *
     * @param filter of rows, which was checked before
     * @param sort complete
     */
    public Parsed<CheckedAggregate> read(JsonNode node, Dataset dataset, Filter filter, List<SortKey> sort, int limit) {
        if (!(node instanceof ObjectNode object)
                || node.size() != MEMBERS.size()
                || !MEMBERS.stream().allMatch(node::has)
                || !node.get(TZ).isTextual()) {
            return Parsed.faulty(new Fault(
                    FaultCode.WRONG_TYPE, "", "An object with group_by, measures, having and tz is expected."));
        }
        ZoneId zone;
        try {
            zone = ZoneId.of(object.get(TZ).textValue());
        } catch (DateTimeException unknown) {
            return Parsed.faulty(new Fault(FaultCode.UNKNOWN_TIME_ZONE, "/" + TZ, "There is no such time zone."));
        }
        ObjectNode rest = object.deepCopy();
        rest.remove(TZ);
        return parse(rest).then(aggregate -> fit(aggregate, dataset, filter, sort, limit, zone));
    }

    /** The canonical JSON of an aggregate as a client may write it. */
    static ObjectNode write(Aggregate aggregate) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        var groups = node.putArray("group_by");
        for (Aggregate.Group group : aggregate.groupBy()) {
            ObjectNode written = groups.addObject().put("field", group.field());
            if (group.bucket() != null) {
                written.put("bucket", group.bucket().wire());
            }
            written.put("as", group.as());
        }
        var measures = node.putArray("measures");
        for (Aggregate.Measure measure : aggregate.measures()) {
            ObjectNode written = measures.addObject().put("fn", measure.fn().wire());
            if (measure.field() != null) {
                written.put("field", measure.field());
            }
            if (measure.p() != null) {
                written.put("p", measure.p());
            }
            written.put("as", measure.as());
        }
        node.set("having", FILTERS.write(aggregate.having()));
        return node;
    }

    private static Parsed<Aggregate> parse(JsonNode node) {
        Faults faults = new Faults();
        Path path = new Path();
        try (JsonParser in = node.traverse()) {
            in.nextToken();
            NodeReader nodes = new NodeReader(in, Limits.INTERNAL, faults, path);
            return faults.orOk(new AggregateReader(in, Limits.INTERNAL, faults, path, nodes).read());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a tree in memory cannot fail to be read", impossible);
        }
    }

    private static Parsed<CheckedAggregate> fit(
            Aggregate aggregate, Dataset dataset, Filter filter, List<SortKey> sort, int limit, ZoneId zone) {
        Set<String> names = dataset.fields().stream().map(Field::name).collect(Collectors.toSet());
        Query query = new Query(filter, sort, new PageRequest(limit, null), List.of(), zone.getId());
        // What depends on the time or on a segment was resolved before it was sealed, so neither is needed here.
        Setting setting = new Setting(zone, Instant.EPOCH, Segments.NONE);
        return new AggregateCheck(dataset, names, setting, new Faults(), new Path())
                .of(query, aggregate, filter)
                .then(fitted -> fitted.sort().equals(sort) && fitted.having().equals(aggregate.having())
                        ? Parsed.ok(fitted)
                        : Parsed.faulty(
                                new Fault(FaultCode.VALUE_INVALID, "", "The order or having was not fitted before.")));
    }
}
