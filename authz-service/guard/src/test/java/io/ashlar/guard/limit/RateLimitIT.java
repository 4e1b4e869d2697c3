package io.ashlar.guard.limit;

import static io.ashlar.guard.app.Http.as;
import static io.ashlar.guard.app.Http.tokens;
import static io.ashlar.guard.app.Http.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.ashlar.guard.app.GuardStack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@GuardStack
class RateLimitIT {

    private static final int MANY = 900;

    @Inject
    Redis redis;

    @TestHTTPResource(value = "/", management = true)
    @Nullable URI management;

    @AfterEach
    void redisRuns() {
        StackResource.stack().start(Server.REDIS);
        StackResource.stack().resume(Server.REDIS);
    }

    @Test
    void aUserOverTheLimitIsToldWhenToComeBack() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> metric("redis_up") == 1.0);
        List<Response> answers = burst("ed");
        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 429);
        Response refused = answers.stream()
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        refused.then()
                .contentType("application/problem+json")
                .body("code", equalTo("rate_limited"))
                .body("errors[0].code", equalTo("user_limit"))
                .header("Retry-After", notNullValue())
                .header("RateLimit-Limit", "300")
                .header("RateLimit-Remaining", "0")
                .header("RateLimit-Reset", notNullValue());
        as("bob").get("/trial/me").then().statusCode(200).header("RateLimit-Remaining", notNullValue());
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void withoutRedisEachPodGoesOnAlone() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> metric("redis_up") == 1.0);
        StackResource.stack().pause(Server.REDIS);
        List<Response> answers = burst("bea");
        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 429);
        assertThat(metric("redis_up")).isZero();
        assertThat(metric("alone_total")).isPositive();
        StackResource.stack().resume(Server.REDIS);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> metric("redis_up") == 1.0);
    }

    @Test
    void podsTogetherKeepOneLimit() {
        RedisBuckets buckets = new RedisBuckets(redis, Duration.ofSeconds(1));
        Limit limit = new Limit("user", 1, 100);
        Pods first = new Pods(redis, "pods-test", Duration.ofSeconds(5));
        Pods second = new Pods(redis, "pods-test", Duration.ofSeconds(5));
        RateLimiter one = new RateLimiter("pods-test", buckets, first, Duration.ofMillis(50));
        RateLimiter two = new RateLimiter("pods-test", buckets, second, Duration.ofMillis(50));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            first.beat();
            second.beat();
            return first.lastCounted() == 2 && second.lastCounted() == 2 && first.redisUp() && second.redisUp();
        });
        long allowed = IntStream.range(0, 300)
                .filter(i ->
                        (i % 2 == 0 ? one : two).take(limit, "somebody").join().allowed())
                .count();
        // Each may run ahead of Redis by a twentieth of the burst, and a token flows in each second.
        assertThat(allowed).isBetween(100L, 120L);
        assertThat(one.decidedAlone() + two.decidedAlone()).isZero();
    }

    private static List<Response> burst(String user) throws Exception {
        String token = tokens().user(user);
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<Response>> calls = IntStream.range(0, MANY)
                    .<Callable<Response>>mapToObj(
                            i -> () -> with(token).get("/trial/me").andReturn())
                    .toList();
            List<Future<Response>> answers = threads.invokeAll(calls);
            return answers.stream().map(Future::resultNow).toList();
        }
    }

    private double metric(String name) {
        return given().get(
                        "http://localhost:" + Objects.requireNonNull(management).getPort() + "/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("ashlar_guard_rate_limit_" + name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }
}
