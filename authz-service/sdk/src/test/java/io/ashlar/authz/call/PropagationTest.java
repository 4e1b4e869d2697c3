package io.ashlar.authz.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The trace and the request id cross to the peer. */
class PropagationTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @BeforeEach
    void install() {
        GlobalOpenTelemetry.resetForTest();
        GlobalOpenTelemetry.set(
                OpenTelemetry.propagating(ContextPropagators.create(W3CTraceContextPropagator.getInstance())));
        RequestIds.source(() -> "request-7");
    }

    @AfterEach
    void remove() {
        GlobalOpenTelemetry.resetForTest();
        RequestIds.source(() -> null);
    }

    @Test
    void theTraceGoesOnAndTheRequestIdIsPassed() throws IOException {
        SpanContext parent =
                SpanContext.create(TRACE, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
        try (Peer peer = new Peer((exchange, n) -> Peer.reply(exchange, 200, "{}"));
                ServiceCall call = ServiceCall.to("peer", peer.url()).build()) {
            Scope scope = Span.wrap(parent).makeCurrent();
            try {
                call.get("/", JsonNode.class);
            } finally {
                scope.close();
            }
            assertThat(peer.asked().getFirst().headers().getFirst("traceparent"))
                    .startsWith("00-" + TRACE + "-");
            assertThat(peer.asked().getFirst().headers().getFirst("X-Request-ID"))
                    .isEqualTo("request-7");
        }
    }
}
