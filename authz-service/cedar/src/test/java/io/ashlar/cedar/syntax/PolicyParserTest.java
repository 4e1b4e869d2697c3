package io.ashlar.cedar.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ashlar.cedar.EntityUid;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyParserTest {

    /** Each expression as it is written, and as the formatter writes it: its parentheses show how it was understood. */
    @ParameterizedTest
    @CsvFileSource(resources = "/cases/formatted.txt", delimiterString = "==>", quoteCharacter = '\u0001')
    void understands(String text, String formatted) {
        assertThat(PolicyFormatter.format(PolicyParser.expression(text))).isEqualTo(formatted);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/cases/refused.txt", delimiterString = "==>", quoteCharacter = '\u0001')
    void refusesWithPlaceAndReason(String text, String fault) {
        SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> PolicyParser.policySet(text));
        assertThat(e).as(text).isNotNull();
        assertThat(e.faults().getFirst()).hasToString(fault);
    }

    @Test
    void readsEveryPartOfAPolicy() {
        Policy policy = PolicyParser.policy("""
                // a comment
                @id("p") @advice
                forbid (
                    principal is User in Group::"staff", // another
                    action in [Action::"read", Data::Action::"write"],
                    resource == Doc::"x\\u{1f600}",
                ) when { true } unless { context has "two words" };""");
        assertThat(PolicyFormatter.format(policy)).isEqualTo("""
                        @advice
                        @id("p")
                        forbid (
                          principal is User in Group::"staff",
                          action in [Action::"read", Data::Action::"write"],
                          resource == Doc::"x\ud83d\ude00"
                        )
                        when { true }
                        unless { context has "two words" };""");
        assertThat(policy.slots()).isEmpty();
    }

    @Test
    void tellsWhereThingsAre() {
        String text = "permit(principal, action, resource) when { 1 < context.n };";
        Policy policy = PolicyParser.policy(text);
        assertThat(policy.at().start()).isZero();
        assertThat(policy.at().end()).isEqualTo(text.length());
        Expr body = policy.conditions().getFirst().body();
        assertThat(text.substring(body.at().start(), body.at().end())).isEqualTo("1 < context.n");
        Expr attribute = body.children().get(1);
        assertThat(text.substring(attribute.at().start(), attribute.at().end())).isEqualTo("context.n");
    }

    @Test
    void namesAFaultOfEachPolicy() {
        SyntaxException e = catchThrowableOfType(SyntaxException.class, () -> PolicyParser.policySet("""
                        permit(principal, action, resource) when { 1 < };
                        permit(principal, action, resource);
                        allow(principal, action, resource);
                        permit(principal, action, resource) when { # };
                        """));
        assertThat(e.faults()).extracting(SyntaxException.Fault::line).containsExactly(1, 3, 4);
    }

    @Test
    void linksTemplates() {
        Policy template = PolicyParser.policy("permit(principal in ?principal, action, resource is Doc in ?resource);");
        assertThat(template.slots()).containsExactly(Slot.PRINCIPAL, Slot.RESOURCE);
        Map<Slot, EntityUid> values =
                Map.of(Slot.PRINCIPAL, new EntityUid("Group", "g"), Slot.RESOURCE, new EntityUid("Folder", "f"));
        assertThat(template.link(values))
                .isEqualTo(PolicyParser.policy(
                        "permit(principal in Group::\"g\", action, resource is Doc in Folder::\"f\");"));
        Map<Slot, EntityUid> few = Map.of(Slot.PRINCIPAL, new EntityUid("Group", "g"));
        assertThatThrownBy(() -> template.link(few)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLinksThatDoNotFit() {
        Policy template = PolicyParser.policy("permit(principal == ?principal, action, resource);");
        Map<String, Policy> policies = Map.of("t", template);
        Map<Slot, EntityUid> values = Map.of(Slot.PRINCIPAL, new EntityUid("User", "ana"));
        assertThat(new PolicySet(policies, List.of(new TemplateLink("t", "a", values))).deciding())
                .containsOnlyKeys("a");
        for (TemplateLink wrong : List.of(
                new TemplateLink("none", "a", values),
                new TemplateLink("t", "t", values),
                new TemplateLink("t", "a", Map.of()))) {
            assertThatThrownBy(() -> new PolicySet(policies, List.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        TemplateLink link = new TemplateLink("t", "a", values);
        assertThatThrownBy(() -> new PolicySet(policies, List.of(link, link))).hasMessageContaining("twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "!(", "-(", "if true then (", "{a: ", "ip(", "[1].contains(", "x::y::\"\".a("})
    void refusesTenThousandNestedParts(String open) {
        String text = "permit(principal, action, resource) when { " + open.repeat(10_000);
        assertThatThrownBy(() -> PolicyParser.policy(text)).isInstanceOf(SyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", " + 1", " * 1", "[\"a\"]", ".isEmpty()", " && true", " || true"})
    void refusesTenThousandPartsInARow(String part) {
        String text = "permit(principal, action, resource) when { context" + part.repeat(10_000) + " };";
        assertThatThrownBy(() -> PolicyParser.policy(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void refusesMillionsOfParts() {
        String wide = "permit(principal, action, resource) when { [" + "1,".repeat(1_000_000) + "].isEmpty() };";
        assertThatThrownBy(() -> PolicyParser.policy(wide)).hasMessageContaining("at most");
        String bracketed = "permit(principal, action, resource)" + " when { true }".repeat(100_000) + ";";
        assertThatThrownBy(() -> PolicyParser.policy(bracketed)).hasMessageContaining("at most");
        // Each level doubles the tree that it stands for.
        String doubling = "permit(principal, action, resource) when { " + "(".repeat(80) + "context"
                + " has a.b)".repeat(80) + " };";
        assertThatThrownBy(() -> PolicyParser.policy(doubling)).hasMessageContaining("at most");
    }

    @Test
    void refusesLongStringsAndTexts() {
        String megabyte = "x".repeat(1024 * 1024);
        for (String text : List.of(
                "permit(principal, action, resource) when { \"" + megabyte + "\" == \"\" };",
                "permit(principal == User::\"" + megabyte + "\", action, resource);",
                "permit(principal, action, resource) when { \"\" like \"" + megabyte + "\" };",
                "permit(principal == " + megabyte + "::\"\", action, resource);",
                "permit(principal, action, resource) when { \"" + megabyte)) {
            assertThatThrownBy(() -> PolicyParser.policy(text)).isInstanceOf(SyntaxException.class);
        }
        String huge = " ".repeat(Limits.TEXT_LENGTH_MAX + 1);
        assertThatThrownBy(() -> PolicyParser.policySet(huge)).hasMessageContaining("at most");
    }

    @Test
    void takesWhatIsWithinTheLimits() {
        String nested = "(".repeat(90) + "true" + ")".repeat(90);
        assertThat(PolicyParser.expression(nested)).isEqualTo(new Expr.Flag(true, Span.NOWHERE));
        String chain = "true" + " && true".repeat(Limits.OPERANDS_MAX - 1);
        assertThat(PolicyParser.expression(chain).children()).hasSize(Limits.OPERANDS_MAX);
    }
}
