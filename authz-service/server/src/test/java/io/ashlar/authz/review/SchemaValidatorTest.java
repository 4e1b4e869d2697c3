package io.ashlar.authz.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.PolicySource;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaValidatorTest {

    private static final String FLIGHTS = """
            // What this tenant has besides the platform's types.
            entity User = { home?: String };
            entity Flight = { origin: String, delay?: Long };
            action "read" appliesTo { principal: [User], resource: [Flight], context: { amr?: Set<String> } };
            """;

    private static List<Fault> faults(String schema, String... policies) {
        List<Fault> faults = new ArrayList<>();
        List<PolicySource> sources = IntStream.range(0, policies.length)
                .mapToObj(i -> new PolicySource("p" + i, policies[i]))
                .toList();
        new SchemaValidator().validate(schema, sources, faults, new ArrayList<>());
        return faults;
    }

    @Test
    void acceptsWhatFits() {
        assertThat(faults(
                        FLIGHTS,
                        "permit(principal in Role::\"viewer\", action == Action::\"read\", resource is Flight)"
                                + " when { principal has home && resource.origin == principal.home };",
                        "permit(principal in Role::\"admin\", action, resource);",
                        "forbid(principal, action in [Action::\"policy.publish\", Action::\"policy.rollback\"], resource)"
                                + " unless { context has amr && context.amr.contains(\"mfa\") };"))
                .isEmpty();
    }

    @Test
    void namesEachPolicyThatDoesNotFitWithItsPlace() {
        List<Fault> faults = faults(
                FLIGHTS,
                "permit(principal, action == Action::\"read\", resource is Flight)\nwhen { resource.orgin == \"SFO\" };",
                "permit(principal, action == Action::\"raed\", resource);",
                "permit(principal, action == Action::\"read\", resource is Flight) when { resource.delay > 3 };");
        assertThat(faults).extracting(Fault::code).containsOnly("policy_invalid");
        assertThat(faults.stream().map(Fault::pointer).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("/policies/p0", "/policies/p1", "/policies/p2");
        assertThat(faults)
                .filteredOn(fault -> fault.pointer().equals("/policies/p0"))
                .first()
                .satisfies(fault ->
                        assertThat(fault.detail()).contains("line 2, column 8").contains("orgin"));
    }

    @Test
    void acceptsCedarsJson() {
        String json = """
                {"": {"entityTypes": {"Flight": {"shape": {"type": "Record", "attributes": {"origin": {"type": "String"}}}}},
                      "actions": {"read": {"appliesTo": {"principalTypes": ["User"], "resourceTypes": ["Flight"]}}}}}
                """;
        assertThat(
                        faults(
                                json,
                                "permit(principal, action == Action::\"read\", resource is Flight) when { resource.origin == \"SFO\" };"))
                .isEmpty();
        assertThat(
                        faults(
                                json,
                                "permit(principal, action == Action::\"read\", resource is Flight) when { resource.orign == \"SFO\" };"))
                .isNotEmpty();
    }

    @Test
    void refusesWhatIsNoSchema() {
        assertThat(faults("entity User = {"))
                .extracting(Fault::pointer)
                .containsOnly("/schema")
                .isNotEmpty();
        assertThat(faults("{\"\": ")).extracting(Fault::pointer).containsExactly("/schema");
        assertThat(faults("{\"\": []}")).extracting(Fault::pointer).containsExactly("/schema");
        assertThat(faults("{\"\": {\"entityTypes\": 7, \"actions\": {}}}")).isNotEmpty();
        assertThat(faults("entity A in [B];")).as("a type that is not there").isNotEmpty();
        assertThat(faults("x".repeat(SchemaText.LENGTH_MAX + 1))).hasSize(1);
    }

    @Test
    void refusesSchemasThatGrow() {
        String layers = IntStream.range(0, 40)
                .mapToObj(i -> "type T" + i + " = { a: T" + (i + 1) + ", b: T" + (i + 1) + " };\n")
                .collect(Collectors.joining());
        assertThat(faults(layers + "type T40 = { x: Long };\nentity Bomb = { t: T0 };\n"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.detail()).contains("too large"));
        assertThat(faults("type A = { b: B }; type B = { a: A }; entity C = { a: A };"))
                .isNotEmpty();
        assertThat(faults("entity Deep = " + "{ a: ".repeat(5_000) + "Long" + " }".repeat(5_000) + ";"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.detail()).contains("deeper"));
        String types = IntStream.range(0, 60).mapToObj(i -> "E" + i).collect(Collectors.joining(", "));
        assertThat(faults("entity " + types + ";\naction \"x\" appliesTo { principal: [" + types + "], resource: ["
                        + types + "] };"))
                .singleElement()
                .satisfies(fault -> assertThat(fault.detail()).contains("combinations"));
    }

    @Test
    void measuresNoLessThanThereIs() {
        assertThat(SchemaWords.parts("type A = { x: Long }; entity B = { a: A, A: A };"))
                .isEqualTo(9 + 13 + 3 * 5);
        assertThat(SchemaWords.parts("namespace N { type A = { a: N::A }; }")).isGreaterThan(SchemaTree.PARTS_MAX);
        assertThat(SchemaWords.parts("entity type { type?: String };")).isEqualTo(9);
    }

    @Test
    void bracketsInCommentsAndStringsAreNone() {
        assertThat(SchemaWords.depth("{ // }}}}\n { \"}}}\\\"}\" [<")).isEqualTo(4);
        assertThat(SchemaWords.depth("\"{{{{")).isZero();
    }
}
