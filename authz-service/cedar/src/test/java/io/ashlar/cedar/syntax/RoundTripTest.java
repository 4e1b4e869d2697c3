package io.ashlar.cedar.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.json.PolicyJson;
import io.ashlar.cedar.random.Mutation;
import io.ashlar.cedar.random.RandomCase;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What is written is read again as the same tree, in both formats. */
final class RoundTripTest {

    @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
    void textOfAPolicy(@ForAll("policies") Policy policy) {
        String text = PolicyFormatter.format(policy);
        Policy read = PolicyParser.policy(text);
        assertThat(read).as(text).isEqualTo(policy);
        assertThat(PolicyFormatter.format(read)).isEqualTo(text);
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
    void textOfAnExpression(@ForAll("expressions") Expr expr) {
        String text = PolicyFormatter.format(expr);
        assertThat(PolicyParser.expression(text)).as(text).isEqualTo(expr);
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void jsonOfAPolicy(@ForAll("policies") Policy policy) {
        String json = PolicyJson.text(policy);
        assertThat(PolicyJson.read(json)).as(json).isEqualTo(policy);
    }

    @Property(tries = 2_000)
    void anyStringInQuotes(@ForAll String text) {
        String wellFormed = new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        Expr.Text expr = new Expr.Text(wellFormed, Span.NOWHERE);
        assertThat(PolicyParser.expression(PolicyFormatter.format(expr))).isEqualTo(expr);
        Expr like = new Expr.Like(expr, new Pattern(java.util.List.of(wellFormed, "", wellFormed)), Span.NOWHERE);
        assertThat(PolicyParser.expression(PolicyFormatter.format(like))).isEqualTo(like);
    }

    /** Whatever the text, there is a tree or a fault with its place, and nothing else. */
    @Property(tries = 5_000)
    void neverBreaks(@ForAll long seed, @ForAll("policies") Policy policy) {
        String text = Mutation.of(PolicyFormatter.format(policy), new Random(seed));
        try {
            PolicySet set = PolicyParser.policySet(text);
            assertThat(PolicyParser.policySet(PolicyFormatter.format(set))).isEqualTo(set);
        } catch (SyntaxException e) {
            assertThat(e.faults()).isNotEmpty().allSatisfy(fault -> {
                assertThat(fault.at().start()).isBetween(0, text.length());
                assertThat(fault.line()).isPositive();
                assertThat(fault.column()).isPositive();
            });
        }
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.randomValue(RandomCase::policy);
    }

    @Provide
    Arbitrary<Expr> expressions() {
        return Arbitraries.randomValue(RandomCase::expression);
    }
}
