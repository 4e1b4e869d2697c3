package io.ashlar.authz.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientCredentialsTest {

    private final Time time = new Time();

    @Test
    void aTokenIsKeptUntilHalfAMinuteBeforeItExpires() throws IOException {
        try (Peer issuer = new Peer((exchange, n) ->
                        Peer.reply(exchange, 200, "{\"access_token\":\"t" + n + "\",\"expires_in\":300}"));
                ClientCredentials credentials = credentials(issuer)) {
            assertThat(credentials.get()).isEqualTo("t1");
            time.pass(Duration.ofSeconds(269));
            assertThat(credentials.get()).isEqualTo("t1");
            time.pass(Duration.ofSeconds(1));
            assertThat(credentials.get()).isEqualTo("t2");
            Peer.Asked asked = issuer.asked().getFirst();
            assertThat(asked.path()).isEqualTo("/realms/x/token");
            assertThat(asked.body())
                    .isEqualTo("grant_type=client_credentials&client_id=ashlar-filter&client_secret=s%26%3D%20%C3%BC");
            assertThat(asked.headers().getFirst("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        }
    }

    @Test
    void manyAtOnceAskOnce() throws Exception {
        try (Peer issuer = new Peer((exchange, n) ->
                        Peer.reply(exchange, 200, "{\"access_token\":\"t" + n + "\",\"expires_in\":300}"));
                ClientCredentials credentials = credentials(issuer);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<String> tokens = ConcurrentHashMap.newKeySet();
            List<Callable<Boolean>> calls = IntStream.range(0, 50)
                    .<Callable<Boolean>>mapToObj(i -> () -> tokens.add(credentials.get()))
                    .toList();
            assertThat(threads.invokeAll(calls)).allMatch(Future::isDone);
            assertThat(tokens).containsExactly("t1");
            assertThat(issuer.asked()).hasSize(1);
        }
    }

    @Test
    void aFailureIsRememberedForASecond() throws IOException {
        try (Peer issuer = new Peer((exchange, n) -> Peer.reply(exchange, 401, "{}"));
                ClientCredentials credentials = credentials(issuer)) {
            assertThatThrownBy(credentials::get).isInstanceOf(CallFailedException.class);
            assertThatThrownBy(credentials::get).isInstanceOf(CallFailedException.class);
            assertThat(issuer.asked()).hasSize(1);
            time.pass(Duration.ofSeconds(1));
            assertThatThrownBy(credentials::get).isInstanceOf(CallFailedException.class);
            assertThat(issuer.asked()).hasSize(2);
        }
    }

    private ClientCredentials credentials(Peer issuer) {
        return new ClientCredentials(issuer.url().resolve("/realms/x/token"), "ashlar-filter", "s&= ü", time);
    }

    private static final class Time extends Clock {
        private volatile Instant now = Instant.parse("2026-11-21T15:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
