package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a seal carries of an aggregate. */
final class AggregateJsonTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final AggregateJson CODEC = new AggregateJson();

    private final Dataset dataset = RandomSchema.of(7, Pool.WIDE).dataset();

    @Property(tries = 500)
    void whatWasFittedIsReadAsItWasWritten(@ForAll @LongRange(max = 1_000_000) long seed)
            throws JsonProcessingException {
        RandomSchema schema = RandomSchema.of(seed, Pool.WIDE);
        ObjectNode query = new RandomQuery(schema, seed).groups();
        CheckedAggregate aggregate = Differential.checker(new Random(seed))
                .checkAggregate(Differential.read(query), schema.dataset(), Datasets.visible(schema.dataset()))
                .orElseThrow(faults -> new IllegalStateException(query + ": " + faults));
        String text = JSON.writeValueAsString(CODEC.write(aggregate));
        assertThat(read(JSON.readTree(text), schema.dataset(), aggregate)).isEqualTo(Parsed.ok(aggregate));
    }

    @ParameterizedTest
    @ValueSource(strings = {"group_by", "measures", "having", "tz"})
    void eachMemberIsNeeded(String member) {
        assertFaulty(node -> node.remove(member));
        assertFaulty(node -> node.putNull(member));
        assertFaulty(node -> node.put(member, 7));
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertFaulty(node -> node.put("limit", 7));
        assertFaulty(node -> node.put("tz", "Mars/Olympus"));
        assertFaulty(node ->
                node.withArray("measures").addObject().put("fn", "median").put("as", "x"));
        assertFaulty(node -> node.withArray("measures")
                .addObject()
                .put("fn", "sum")
                .put("field", "no_such_field")
                .put("as", "x"));
        assertFaulty(node ->
                node.withArray("measures").addObject().put("fn", "count").put("as", "n"));
        assertFaulty(node -> node.set("having", JSON.createObjectNode().put("segment", "mine")));
    }

    @Test
    void anOrderThatIsNotTotalIsRefused() {
        CheckedAggregate aggregate = grouped();
        assertThat(CODEC.read(CODEC.write(aggregate), dataset, Filter.all(), aggregate.sort(), 10))
                .isInstanceOf(Parsed.Ok.class);
        assertThat(CODEC.read(CODEC.write(aggregate), dataset, Filter.all(), List.of(), 10))
                .isInstanceOf(Parsed.Faulty.class);
    }

    private void assertFaulty(Consumer<ObjectNode> change) {
        CheckedAggregate aggregate = grouped();
        ObjectNode node = (ObjectNode) CODEC.write(aggregate);
        assertThat(read(node, dataset, aggregate)).isEqualTo(Parsed.ok(aggregate));
        change.accept(node);
        assertThat(read(node, dataset, aggregate)).as(node.toString()).isInstanceOf(Parsed.Faulty.class);
    }

    private CheckedAggregate grouped() {
        String field = dataset.fields().stream()
                .filter(candidate -> candidate.type().isGroupable())
                .findFirst()
                .orElseThrow()
                .name();
        String query = "{\"aggregate\":{\"group_by\":[{\"field\":\"" + field
                + "\"}],\"measures\":[{\"fn\":\"count\",\"as\":\"n\"}]}}";
        return new QueryReader()
                .read(query.getBytes(StandardCharsets.UTF_8))
                .then(read -> new Checker().checkAggregate(read, dataset, Datasets.visible(dataset)))
                .orElseThrow(faults -> new IllegalStateException(faults.toString()));
    }

    private static Parsed<CheckedAggregate> read(JsonNode node, Dataset dataset, CheckedAggregate of) {
        return CODEC.read(node, dataset, of.filter(), of.sort(), of.limit());
    }
}
