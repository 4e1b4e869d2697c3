package io.ashlar.cedar.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.json.PolicyJson;
import io.ashlar.cedar.syntax.Limits;
import io.ashlar.cedar.syntax.Policy;
import io.ashlar.cedar.syntax.PolicyFormatter;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.syntax.PolicySet;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.cedar.value.Value;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The deepest policies that are taken in go every way that policies go, on a thread with half the usual stack. */
final class BoundsTest {

    private static final long STACK_BYTES = 512 * 1024;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "!(,true,),95",
                "-(,context.n,) == 1,45",
                "if true then (,true,) else false,45",
                "[,1,].isEmpty(),45",
                "{a: ,1,}.a == 1,30",
                "(true && ,true,),95",
                "(,context.n, + 1) > 1,45",
                ",context,.a,95",
                ",[1],.contains(1),95",
                "(,context,` has a.b)`,10"
            })
    void goesEveryWay(String open, String core, String close, int times) throws Exception {
        go((open == null ? "" : open).repeat(times) + core + close.repeat(times));
    }

    @ParameterizedTest
    @CsvSource({"&&", "||"})
    void goesEveryWayInAChain(String operator) throws Exception {
        go("context.n == 1" + (operator + " !(context.n == 2)").repeat(Limits.OPERANDS_MAX - 1));
    }

    /** A chain within the first operand of a chain would nest twice as deep in JSON. */
    @Test
    void refusesChainsThatNestTooDeepInJson() {
        String chain = "context.a" + " && true".repeat(900);
        String both = "(" + chain + ")" + " || true".repeat(900);
        assertThat(PolicyParser.expression("true" + " || true".repeat(900) + " || (" + chain + ")"))
                .isNotNull();
        assertThatThrownBy(() -> PolicyParser.expression(both)).hasMessageContaining("at most");
    }

    private static void go(String body) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            Policy policy = PolicyParser.policy("permit(principal, action, resource) when { " + body + " };");
            Policy again = PolicyParser.policy(PolicyFormatter.format(policy));
            assertThat(again.equals(policy)).isTrue();
            assertThat(again.hashCode()).isEqualTo(policy.hashCode());
            assertThat(PolicyJson.read(PolicyJson.text(policy)).equals(policy)).isTrue();
            CompiledPolicySet set = CompiledPolicySet.of(PolicySet.of(Map.of("p", policy)));
            EntityUid uid = new EntityUid("Action", "a");
            Request request = new Request(uid, uid, uid, new Value.Fields(Map.of("n", new Value.Whole(1))));
            Explanation explanation = set.explain(request, EntityStore.EMPTY, Mode.STRICT);
            return explanation.answer().equals(set.decide(request, EntityStore.EMPTY, Mode.STRICT));
        });
        Thread thread = new Thread(null, task, "small stack", STACK_BYTES);
        thread.start();
        assertThat(task.get()).isTrue();
    }
}
