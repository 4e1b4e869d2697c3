package io.ashlar.authz.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.call.CallFailedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real server on loopback. */
@Timeout(60)
class ServiceCallTest {

    private record Row(String firstName, int count) {}

    @Test
    void aCallCarriesWhatItShouldAndReadsSnakeCase() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> {
                    exchange.getResponseHeaders().add("Ashlar-Consistency-Token", "v1.e30");
                    Peer.reply(exchange, 200, "{\"first_name\":\"ana\",\"count\":3,\"newer\":[1]}");
                });
                ServiceCall call =
                        ServiceCall.to("peer", peer.url()).bearer(() -> "token").build()) {
            UUID tenant = UUID.fromString("11111111-1111-4111-8111-111111111111");
            Answer<Row> answer = call.onBehalfOf(new OnBehalfOf(tenant, "ana"))
                    .consistency(new Consistency(Consistency.Level.SESSION, Duration.ofSeconds(2), "v1.e30"))
                    .header(Headers.IDEMPOTENCY_KEY, "k")
                    .exchange("POST", "/rows/" + ServiceCall.segment("a b/ü"), new Row("x", 1), Row.class);
            assertThat(answer.body()).isEqualTo(new Row("ana", 3));
            assertThat(answer.header("ashlar-consistency-token")).contains("v1.e30");
            Peer.Asked asked = peer.asked().getFirst();
            assertThat(asked.path()).isEqualTo("/rows/a%20b%2F%C3%BC");
            assertThat(asked.body()).isEqualTo("{\"first_name\":\"x\",\"count\":1}");
            assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer token");
            assertThat(asked.headers().getFirst("Ashlar-On-Behalf-Of")).isEqualTo(tenant + "/ana");
            assertThat(asked.headers().getFirst("Ashlar-Consistency")).isEqualTo("session");
            assertThat(asked.headers().getFirst("Ashlar-Max-Staleness-Ms")).isEqualTo("2000");
            assertThat(asked.headers().getFirst("Ashlar-Consistency-Token")).isEqualTo("v1.e30");
        }
    }

    @Test
    void safeCallsAreRepeatedAndOthersAreNot() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, n % 3 == 0 ? 200 : 503, "{}"));
                ServiceCall call = ServiceCall.to("peer", peer.url()).build()) {
            assertThat(call.get("/", JsonNode.class).isObject()).isTrue();
            assertThat(peer.asked()).hasSize(3);
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.post("/", Map.of(), JsonNode.class));
            assertThat(failed.status()).isEqualTo(503);
            assertThat(peer.asked()).hasSize(4);
            assertThat(call.repeatable().post("/", Map.of(), JsonNode.class).isObject())
                    .isTrue();
            assertThat(call.header(Headers.IDEMPOTENCY_KEY, "k")
                            .post("/", Map.of(), JsonNode.class)
                            .isObject())
                    .isTrue();
            assertThat(peer.asked()).hasSize(9);
        }
    }

    @Test
    void whoSaysWhenToComeBackIsNotAskedSooner() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> {
                    exchange.getResponseHeaders().add("Retry-After", "4");
                    Peer.reply(
                            exchange,
                            503,
                            "{\"code\":\"consistency_pending\",\"status\":503,\"title\":\"t\",\"detail\":\"d\"}");
                });
                ServiceCall call = ServiceCall.to("peer", peer.url()).build()) {
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.get("/", JsonNode.class));
            assertThat(failed.service()).isEqualTo("peer");
            assertThat(failed.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failed.retryAfterSeconds()).hasValue(4);
            assertThat(failed.problem()).isNotNull();
            assertThat(failed.problem().code()).isEqualTo("consistency_pending");
            assertThat(peer.asked()).hasSize(1);
        }
    }

    @Test
    void aClientsMistakeIsNotRepeatedAndDoesNotOpenTheBreaker() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 422, "not a problem"));
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .limits(CallLimits.DEFAULT.withBreaker(4, Duration.ofMinutes(1)))
                        .build()) {
            for (int i = 0; i < 10; i++) {
                CallFailedException failed =
                        catchThrowableOfType(CallFailedException.class, () -> call.get("/", JsonNode.class));
                assertThat(failed.reason()).isEqualTo(Reason.REFUSED);
                assertThat(failed.problem()).isNull();
            }
            assertThat(peer.asked()).hasSize(10);
        }
    }

    @Test
    void failuresOpenTheBreaker() throws IOException {
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 500, "{}"));
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .limits(CallLimits.DEFAULT.withBreaker(4, Duration.ofMinutes(1)))
                        .build()) {
            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> call.get("/", JsonNode.class)).isInstanceOf(CallFailedException.class);
            }
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.get("/", JsonNode.class));
            assertThat(failed.reason()).isEqualTo(Reason.BREAKER_OPEN);
            assertThat(peer.asked()).hasSize(4);
        }
    }

    @Test
    void theDeadlineEndsSilenceBeforeAndInsideTheBody() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (Peer peer = new Peer((exchange, n) -> {
                    if (exchange.getRequestURI().getPath().equals("/body")) {
                        exchange.sendResponseHeaders(200, 100);
                        exchange.getResponseBody().write('{');
                        exchange.getResponseBody().flush();
                    }
                    await(end);
                });
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .deadline(Duration.ofMillis(300))
                        .build()) {
            for (String path : new String[] {"/silent", "/body"}) {
                long start = System.nanoTime();
                CallFailedException failed =
                        catchThrowableOfType(CallFailedException.class, () -> call.get(path, JsonNode.class));
                assertThat(failed.reason()).isEqualTo(Reason.DEADLINE);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
            end.countDown();
        }
    }

    @Test
    void tooManyAtOnceAreRefusedHere() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Peer peer = new Peer((exchange, n) -> {
                    arrived.countDown();
                    await(end);
                    Peer.reply(exchange, 200, "{}");
                });
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .limits(CallLimits.DEFAULT.withInFlight(1).withDeadline(Duration.ofSeconds(30)))
                        .build()) {
            Thread first = Thread.ofVirtual().start(() -> call.get("/", JsonNode.class));
            arrived.await();
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.get("/", JsonNode.class));
            assertThat(failed.reason()).isEqualTo(Reason.BUSY);
            end.countDown();
            first.join();
        }
    }

    @Test
    void nobodyThereAndNoJsonAreToldApart() throws IOException {
        try (ServiceCall nobody =
                ServiceCall.to("nobody", URI.create("http://127.0.0.1:1")).build()) {
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> nobody.get("/", JsonNode.class));
            assertThat(failed.reason()).isEqualTo(Reason.UNREACHABLE);
        }
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, "<html>"));
                ServiceCall call = ServiceCall.to("peer", peer.url()).build()) {
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.get("/", Row.class));
            assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE);
        }
    }

    @Test
    void anAnswerLargerThanIsReadIsRefused() throws IOException {
        CallLimits small =
                new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 0, 10, 20, Duration.ofSeconds(1), 1_000);
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, "x".repeat(1_001)));
                ServiceCall call =
                        ServiceCall.to("peer", peer.url()).limits(small).build()) {
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.get("/", String.class));
            assertThat(failed.reason()).isEqualTo(Reason.UNREADABLE);
        }
    }

    @Test
    void aStreamIsReadWhileItArrivesAndEndsAtItsDeadline() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (Peer peer = new Peer((exchange, n) -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    await(end);
                });
                ServiceCall call = ServiceCall.to("peer", peer.url())
                        .limits(CallLimits.DEFAULT.withStreamDeadline(Duration.ofMillis(500)))
                        .build();
                InputStream stream = call.postStream("/", Map.of())) {
            assertThat(new String(stream.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
            end.countDown();
        }
    }

    @Test
    void aStreamThatIsRefusedIsAProblem() throws IOException {
        try (Peer peer = new Peer(
                        (exchange, n) -> Peer.reply(exchange, 400, "{\"code\":\"seal_expired\",\"status\":400}"));
                ServiceCall call = ServiceCall.to("peer", peer.url()).build()) {
            CallFailedException failed =
                    catchThrowableOfType(CallFailedException.class, () -> call.postStream("/", Map.of()));
            assertThat(failed.problem()).isNotNull();
            assertThat(failed.problem().code()).isEqualTo("seal_expired");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
