package io.ashlar.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Explanation;
import io.ashlar.cedar.eval.Explanation.Outcome;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.json.EntitiesJson;
import io.ashlar.cedar.json.ValueJson;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.value.EntityStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's example is the code of this test, and does what it says. */
final class ReadmeTest {

    private static final String FENCE = "```";

    // The example in the README; but for blanks it must be there word for word.
    private static Object[] example() {
        CompiledPolicySet policies = CompiledPolicySet.of(PolicyParser.policySet("""
        permit (principal in Group::"staff", action == Action::"read", resource is Doc)
        when { resource.level <= principal.clearance };

        forbid (principal, action, resource)
        unless { context.address.isInRange(ip("10.0.0.0/8")) };
        """));

        EntityStore entities = EntityStore.of(EntitiesJson.read("""
        [{"uid": {"type": "User", "id": "ana"}, "attrs": {"clearance": 3}, "parents": [{"type": "Group", "id": "staff"}]},
         {"uid": {"type": "Doc", "id": "plan"}, "attrs": {"level": 2}, "parents": []}]
        """));

        Request request = new Request(
                new EntityUid("User", "ana"),
                new EntityUid("Action", "read"),
                new EntityUid("Doc", "plan"),
                ValueJson.readFields("""
                {"address": {"__extn": {"fn": "ip", "arg": "10.1.2.3"}}}"""));

        DecisionAnswer answer = policies.decide(request, entities, Mode.STRICT);
        Explanation why = policies.explain(request, entities, Mode.STRICT);
        return new Object[] {answer, why};
    }

    @Test
    void theExampleDoesWhatItSays() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Object[] results = example();
        assertThat(results[0]).hasToString("DecisionAnswer[allowed=true, determining=[policy0], errors=[]]");
        assertThat(readme).contains("`" + results[0] + "`");
        assertThat(results[1]).isInstanceOfSatisfying(Explanation.class, why -> assertThat(
                        why.policies().get(1).outcome())
                .isInstanceOfSatisfying(Outcome.NotApplied.class, outcome -> {
                    assertThat(outcome.because().text()).isEqualTo("context.address.isInRange(ip(\"10.0.0.0/8\"))");
                    assertThat(outcome.because().value()).isTrue();
                    assertThat(readme).contains("`" + outcome.because().text() + "` is true");
                }));
    }

    @Test
    void theExampleIsTheCodeOfThisTest() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf(FENCE + "java\n") + FENCE.length() + 5;
        String example = readme.substring(start, readme.indexOf(FENCE, start));
        Path source = Path.of("src/test/java/io/ashlar/cedar/ReadmeTest.java");
        assertThat(withoutBlanks(Files.readString(source))).contains(withoutBlanks(example));
    }

    private static String withoutBlanks(String text) {
        return text.replace(" ", "").replace("\n", "");
    }
}
