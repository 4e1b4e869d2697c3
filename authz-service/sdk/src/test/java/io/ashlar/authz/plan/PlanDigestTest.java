package io.ashlar.authz.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.call.WireJson;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.filter.dsl.Parsed;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A digest is of what is decided, alike on both ends of a call. */
class PlanDigestTest {

    private static Plan later(BigDecimal than, List<String> masked, long version) {
        return new Plan.Matching(
                new Filter.Condition("delay", Op.GT, new Operand.One(new Literal.Number(than))),
                masked,
                version,
                version + 5);
    }

    @Test
    void versionsAreNoPartOfIt() {
        assertThat(PlanDigest.of(later(BigDecimal.TEN, List.of(), 7)))
                .isEqualTo(PlanDigest.of(later(BigDecimal.TEN, List.of(), 8)))
                .startsWith("sha256:")
                .hasSize(71);
        assertThat(PlanDigest.of(new Plan.All(List.of(), 1, 1)))
                .isEqualTo("sha256:4be28a9012d32c809514491de6a3f1c3d6d55e053361f51c2ca86799698ea646");
    }

    @Test
    void everythingElseIs() {
        assertThat(List.of(
                        PlanDigest.of(later(BigDecimal.TEN, List.of(), 7)),
                        PlanDigest.of(later(BigDecimal.ONE, List.of(), 7)),
                        PlanDigest.of(later(BigDecimal.TEN, List.of("distance"), 7)),
                        PlanDigest.of(new Plan.All(List.of(), 7, 12)),
                        PlanDigest.of(new Plan.All(List.of("distance"), 7, 12)),
                        PlanDigest.of(new Plan.None(List.of(), 7, 12)),
                        PlanDigest.of(new Plan.None(List.of("distance"), 7, 12))))
                .doesNotHaveDuplicates();
    }

    @Test
    void whoeverReadsAPlanNamesItAlike() throws IOException {
        for (Plan plan : List.of(
                later(new BigDecimal("1.50"), List.of("b", "a"), 7),
                later(new BigDecimal("1E+3"), List.of(), 7),
                new Plan.Matching(
                        new Filter.Or(List.of(
                                new Filter.Not(
                                        new Filter.Condition("origin", Op.EQ, new Operand.One(new Literal.Text("A")))),
                                new Filter.And(List.of(
                                        new Filter.Condition("x", Op.EQ, new Operand.One(new Literal.Flag(true))),
                                        new Filter.Condition(
                                                "y",
                                                Op.IN,
                                                new Operand.Many(List.of(new Literal.Number(BigDecimal.TWO)))))))),
                        List.of(),
                        7,
                        12))) {
            String wire = PlanJson.write(plan).toString();
            Plan read = ((Parsed.Ok<Plan>) PlanJson.read(WireJson.mapper().readTree(wire))).value();
            assertThat(PlanDigest.of(read)).as(wire).isEqualTo(PlanDigest.of(plan));
        }
    }
}
