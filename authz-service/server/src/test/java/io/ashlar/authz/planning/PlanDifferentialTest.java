package io.ashlar.authz.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.CedarValue;
import io.ashlar.cedar.DecisionRequest;
import io.ashlar.cedar.Entity;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.PolicyEngine;
import io.ashlar.cedar.PolicySource;
import io.ashlar.cedar.eval.CedarEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * For random policies of the translatable subset and random rows with absent values: a row passes the plan iff check
 * allows it, in both modes.
 */
final class PlanDifferentialTest {

    private static final PolicyEngine ENGINE = new CedarEngine();
    private static final EntityUid ROW = new EntityUid("Flight", "1");

    private static final List<Entity> PRINCIPALS = List.of(
            new Entity(
                    PlannerTest.ANA.principal(), PlannerTest.ANA.attributes(), Set.of(new EntityUid("Group", "ops"))),
            new Entity(new EntityUid("Group", "ops"), Map.of(), Set.of(new EntityUid("Role", "viewer"))),
            Entity.bare(new EntityUid("Role", "viewer")));

    /** Text, number and flag columns have one type each in every row; policies may still compare with anything. */
    @Provide
    Arbitrary<Map<String, Object>> row() {
        return Combinators.combine(
                        Arbitraries.of("SFO", "LAX", "JFK", "").injectNull(0.25),
                        Arbitraries.of(0L, 1L, 2L, -1L).injectNull(0.25),
                        Arbitraries.of(true, false).injectNull(0.25))
                .as((text, number, flag) -> {
                    Map<String, Object> row = new HashMap<>();
                    row.computeIfAbsent("t", name -> text);
                    row.computeIfAbsent("n", name -> number);
                    row.computeIfAbsent("b", name -> flag);
                    return row;
                });
    }

    @Provide
    Arbitrary<List<String>> policies() {
        Arbitrary<String> literal = Arbitraries.of(
                "\"SFO\"",
                "\"LAX\"",
                "\"\"",
                "0",
                "1",
                "2",
                "true",
                "false",
                "principal.home",
                "principal.nothing",
                "context.mfa");
        Arbitrary<String> attribute = Arbitraries.of("resource.t", "resource.n", "resource.b", "resource.gone");
        Arbitrary<String> sets = literal.list().ofMaxSize(3).map(list -> "[" + String.join(", ", list) + "]");
        Arbitrary<String> atom = Arbitraries.oneOf(
                Combinators.combine(attribute, literal).as((a, l) -> a + " == " + l),
                Combinators.combine(literal, attribute).as((l, a) -> l + " == " + a),
                Combinators.combine(literal, literal).as((l, m) -> l + " == " + m),
                Combinators.combine(sets, attribute).as((s, a) -> s + ".contains(" + a + ")"),
                attribute.map(a -> "principal.airports.contains(" + a + ")"),
                Arbitraries.of(
                        "true",
                        "false",
                        "principal in Role::\"viewer\"",
                        "principal in Role::\"admin\"",
                        "principal in [Role::\"admin\", Group::\"ops\"]",
                        "action == Action::\"read\"",
                        "principal == User::\"bob\"",
                        "principal.home in Role::\"viewer\""));
        Arbitrary<String> conjunction = atom.list().ofMinSize(1).ofMaxSize(3).map(list -> String.join(" && ", list));
        Arbitrary<String> nested =
                Combinators.combine(conjunction, conjunction).as((left, right) -> "(" + left + ") && (" + right + ")");
        Arbitrary<String> conditions = Arbitraries.oneOf(conjunction, nested)
                .list()
                .ofMaxSize(2)
                .map(list -> list.stream().map(body -> " when { " + body + " }").reduce("", String::concat));
        Arbitrary<String> principal = Arbitraries.of(
                "principal",
                "principal",
                "principal == User::\"ana\"",
                "principal in Role::\"viewer\"",
                "principal is User",
                "principal is User in Group::\"ops\"",
                "principal in Role::\"admin\"");
        Arbitrary<String> action =
                Arbitraries.of("action", "action == Action::\"read\"", "action in [Action::\"read\", Action::\"x\"]");
        Arbitrary<String> resource = Arbitraries.of("resource", "resource is Flight", "resource is Train");
        return Combinators.combine(
                        Arbitraries.of("permit", "permit", "forbid"), principal, action, resource, conditions)
                .as((effect, p, a, r, when) -> effect + "(" + p + ", " + a + ", " + r + ")" + when + ";")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 2_000)
    void aRowPassesThePlanIffItIsAllowed(
            @ForAll("policies") List<String> texts, @ForAll("row") Map<String, Object> row, @ForAll Mode mode) {
        List<PolicySource> sources = new ArrayList<>();
        texts.forEach(text -> sources.add(new PolicySource("p" + sources.size(), text)));
        Planner.Outcome outcome = Planner.plan(
                PlannerTest.ANA, sources.stream().map(PolicyTree::of).toList(), mode);
        assertThat(outcome).isInstanceOf(Planner.Rows.class);
        boolean planned = FilterTruth.of(((Planner.Rows) outcome).filter(), row);

        List<Entity> entities = new ArrayList<>(PRINCIPALS);
        Map<String, CedarValue> attributes = new HashMap<>();
        row.forEach((name, value) -> attributes.put(name, cedar(value)));
        entities.add(new Entity(ROW, attributes, Set.of()));
        boolean allowed = ENGINE.compile(sources)
                .decide(
                        new DecisionRequest(
                                PlannerTest.ANA.principal(), PlannerTest.ANA.action(), ROW, PlannerTest.ANA.context()),
                        entities,
                        mode)
                .allowed();
        assertThat(planned).isEqualTo(allowed);
    }

    private static CedarValue cedar(Object value) {
        return switch (value) {
            case String text -> new CedarValue.Text(text);
            case Long number -> new CedarValue.Whole(number);
            case Boolean flag -> new CedarValue.Flag(flag);
            default -> throw new IllegalArgumentException(value.toString());
        };
    }
}
