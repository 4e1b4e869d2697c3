package io.ashlar.export.queue;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The span of an attempt, a child of the span that asked for the job, whichever process that was in. */
final class JobSpan {

    private final Span span;

    private JobSpan(Span span) {
        this.span = span;
    }

    static JobSpan of(Job job) {
        Context parent = job.traceparent() == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance()
                        .extract(Context.root(), job.traceparent(), Traceparent.GETTER);
        return new JobSpan(GlobalOpenTelemetry.getTracer("io.ashlar.export")
                .spanBuilder("job " + job.kind())
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("ashlar.job.id", job.id().toString())
                .setAttribute("ashlar.job.attempt", job.attempt())
                .startSpan());
    }

    /** Runs within the span, and ends it. */
    void run(Runnable work) {
        try {
            Context.current().with(span).wrap(work).run();
        } finally {
            span.end();
        }
    }

    void ended(String how) {
        span.setAttribute("ashlar.job.ended", how);
    }

    private enum Traceparent implements TextMapGetter<String> {
        GETTER;

        @Override
        public Iterable<String> keys(String carrier) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return key.equals("traceparent") ? carrier : null;
        }
    }
}
