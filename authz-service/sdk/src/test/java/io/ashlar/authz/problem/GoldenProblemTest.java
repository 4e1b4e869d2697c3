package io.ashlar.authz.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Codes, statuses and the form of a problem are frozen: a line of the golden file never changes, lines are added. */
class GoldenProblemTest {

    @Test
    void theVocabularyOfTheDoorIsFrozen() throws IOException {
        String now = Arrays.stream(DoorError.values())
                .map(error -> error.code() + " " + error.status() + " " + error.title())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(now).isEqualTo(golden("door-errors.txt"));
    }

    @Test
    void aFullProblemIsWrittenAsItAlwaysWas() throws IOException {
        assertThat(ProblemJson.text(full()) + "\n").isEqualTo(golden("problem.json"));
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        assertThat(ProblemJson.read(golden("problem.json").getBytes(StandardCharsets.UTF_8)))
                .contains(full());
        assertThat(ProblemJson.read(golden("problem-bare.json").getBytes(StandardCharsets.UTF_8)))
                .contains(Problem.of(DoorError.NOT_FOUND, "there is nothing at this path"));
    }

    @Test
    void aNewerServersProblemIsReadAndAnythingElseIsNone() {
        String newer =
                "{\"code\":\"quota_exceeded\",\"status\":429,\"new_field\":{},\"errors\":[{\"code\":\"x\",\"more\":1}]}";
        Optional<Problem> read = ProblemJson.read(newer.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isPresent();
        assertThat(read.orElseThrow().type()).hasToString("urn:ashlar:problem:quota_exceeded");
        for (String other : List.of("", "<html>", "{}", "[]", "null", "{\"code\":\"x\",\"status\":200}")) {
            assertThat(ProblemJson.read(other.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
    }

    private static Problem full() {
        return Problem.of(
                        DoorError.INVALID_REQUEST,
                        "the body is not valid",
                        List.of(
                                new Fault("unknown_field", "/naem", "no such field", List.of("count", "name"), "name"),
                                new Fault("wrong_type", "/count", "expected a number")))
                .withRequestId("r-1");
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = GoldenProblemTest.class.getResourceAsStream("/golden/" + name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
