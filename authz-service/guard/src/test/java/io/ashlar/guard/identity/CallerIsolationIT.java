package io.ashlar.guard.identity;

import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that wait for Redis side by side each keep their own caller. */
@QuarkusTest
@GuardStack
class CallerIsolationIT {

    private static final int EACH = 40;

    @AfterEach
    void redisRuns() {
        StackResource.stack().resume(Server.REDIS);
    }

    @Test
    void eachRequestIsAnsweredForItsOwnCaller() throws Exception {
        everybodyAsksWhoTheyAre();
    }

    @Test
    void alsoWhenTheLimiterAnswersFromATimer() throws Exception {
        StackResource.stack().pause(Server.REDIS);

        everybodyAsksWhoTheyAre();
    }

    private static void everybodyAsksWhoTheyAre() throws Exception {
        Map<String, String> tokens =
                Stream.of("ana", "ada", "bob").collect(Collectors.toMap(user -> user, user -> tokens().user(user)));
        Map<String, String> subjects = tokens.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> whoAmI(entry.getValue())));
        assertThat(subjects.values()).doesNotHaveDuplicates();

        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            tokens.forEach((user, token) -> calls.add(() -> whoAmI(token).equals(subjects.get(user))));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
            for (Future<Boolean> same : threads.invokeAll(calls)) {
                assertThat(same.get()).isTrue();
            }
        }
    }

    private static String whoAmI(String token) {
        return with(token).get("/trial/me").then().statusCode(200).extract().path("subject");
    }
}
