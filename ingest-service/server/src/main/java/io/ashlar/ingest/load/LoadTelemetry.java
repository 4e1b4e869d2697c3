package io.ashlar.ingest.load;

import io.ashlar.ingest.load.StoreTransaction.Written;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * What the loader tells about itself: counters of rows, records, dead letters and repeated chunks, the time of a load, and a
 * span per load that goes on the trace of the request that brought its first chunk.
 */
@ApplicationScoped
@Startup
class LoadTelemetry {

    private static final int LINKS_MAX = 32;

    private final OpenTelemetry openTelemetry;
    private final Counter rows;
    private final Counter records;
    private final Counter dead;
    private final Counter repeated;
    private final Counter failures;
    private final Timer duration;

    LoadTelemetry(OpenTelemetry openTelemetry, MeterRegistry meters) {
        this.openTelemetry = openTelemetry;
        this.rows = meters.counter("ashlar.ingest.loaded.rows");
        this.records = meters.counter("ashlar.ingest.loaded.records");
        this.dead = meters.counter("ashlar.ingest.dead.records");
        this.repeated = meters.counter("ashlar.ingest.repeated.chunks");
        this.failures = meters.counter("ashlar.ingest.load.failures");
        this.duration = meters.timer("ashlar.ingest.load.duration");
    }

    void failed() {
        failures.increment();
    }

    Load begin(RowBuffer buffer) {
        SpanBuilder builder = openTelemetry
                .getTracer("io.ashlar.ingest")
                .spanBuilder("telemetry load")
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("ashlar.rows", buffer.rows);
        int linked = 0;
        for (ChunkSpan span : buffer.chunks()) {
            Context context = span.traceContext();
            if (linked == 0) {
                builder.setParent(context);
            } else {
                builder.addLink(Span.fromContext(context).getSpanContext());
            }
            if (++linked == LINKS_MAX) {
                break;
            }
        }
        return new Load(builder.startSpan());
    }

    /** One load; closing it ends its span. */
    final class Load implements AutoCloseable {
        private final Span span;
        private final Scope scope;
        private final long began = System.nanoTime();
        private boolean stored;

        /** The scope is closed with the load. */
        @SuppressWarnings("MustBeClosedChecker")
        private Load(Span span) {
            this.span = span;
            this.scope = span.makeCurrent();
        }

        void done(Written written) {
            stored = true;
            rows.increment(written.rows());
            records.increment(written.records());
            dead.increment(written.dead());
            repeated.increment(written.repeated());
            duration.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            if (!stored) {
                span.setStatus(StatusCode.ERROR);
            }
            scope.close();
            span.end();
        }
    }
}
