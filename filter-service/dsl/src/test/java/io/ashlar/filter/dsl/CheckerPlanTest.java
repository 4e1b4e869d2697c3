package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CheckerPlanTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void attributesBecomeFieldsWhateverTheClientMaySee() throws JsonProcessingException {
        // "note" takes no eq from clients, and policies know it by another name.
        assertThat(plan("{\"field\":\"memo.text\",\"op\":\"eq\",\"value\":\"x\"}"))
                .isEqualTo(Parsed.ok(new Filter.Condition("note", Op.EQ, new Operand.One(Literal.of("x")))));
    }

    @Test
    void noClientLimitBindsAPlan() {
        List<Literal> many = LongStream.range(0, 3_000).mapToObj(Literal::of).toList();
        Filter plan = new Filter.Condition("visits", Op.IN, new Operand.Many(many));
        for (int i = 0; i < 50; i++) {
            plan = new Filter.Not(plan);
        }
        FilterJson codec = new FilterJson();
        assertThat(codec.read(codec.write(plan)).then(read -> new Checker().plan(read, Datasets.ACCOUNTS)))
                .isEqualTo(Parsed.ok(plan));
    }

    @Test
    void whatDoesNotFitIsAFaultAndNeverAWiderFilter() throws JsonProcessingException {
        Parsed<Filter> parsed = plan("{\"and\":[{\"field\":\"secret\",\"op\":\"eq\",\"value\":1},"
                + "{\"field\":\"visits\",\"op\":\"eq\",\"value\":\"x\"},"
                + "{\"field\":\"active\",\"op\":\"gt\",\"value\":true},{\"segment\":\"s\"}]}");
        List<String> faults =
                switch (parsed) {
                    case Parsed.Ok<Filter> ok -> List.of();
                    case Parsed.Faulty<Filter>(List<Fault> found) ->
                        found.stream()
                                .map(fault -> fault.code() + " " + fault.pointer())
                                .toList();
                };
        assertThat(faults)
                .containsExactly(
                        "unknown_field /and/0/field",
                        "wrong_type /and/1/value",
                        "operator_not_allowed /and/2/op",
                        "unknown_segment /and/3/segment");
    }

    /** A client's date is a day and its texts are normalized; to a policy both are what they are. */
    @Test
    void constantsOfAPlanAreTakenAsTheyAre() throws JsonProcessingException {
        assertThat(plan("{\"field\":\"status\",\"op\":\"eq\",\"value\":\"e\u0301\"}"))
                .isEqualTo(Parsed.ok(new Filter.Condition("status", Op.EQ, new Operand.One(Literal.of("e\u0301")))));
        assertThat(plan("{\"field\":\"created_at\",\"op\":\"eq\",\"value\":\"2024-02-29\"}"))
                .isInstanceOf(Parsed.Faulty.class);
    }

    private static Parsed<Filter> plan(String json) throws JsonProcessingException {
        return new FilterJson().read(JSON.readTree(json)).then(plan -> new Checker().plan(plan, Datasets.ACCOUNTS));
    }
}
