package io.ashlar.ingest.load;

import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.event.AttributeKind;
import io.ashlar.ingest.event.ChunkHeaders;
import io.ashlar.ingest.event.ChunkReader;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts a chunk's records into a buffer; records that cannot be stored are noted as dead on the chunk, with their reason. Used by
 * the consumer thread only.
 */
@Singleton
class ChunkDecoder {

    private final AttributeCatalog catalog;
    private final TextMapPropagator propagator;

    ChunkDecoder(AttributeCatalog catalog, OpenTelemetry openTelemetry) {
        this.catalog = catalog;
        this.propagator = openTelemetry.getPropagators().getTextMapPropagator();
    }

    /**
     * Adds a chunk.
     *
     * @throws SQLException if the attributes cannot be read; the buffer is as before
     */
    void decode(RowBuffer buffer, PartitionHold hold, ConsumerRecord<byte[], byte[]> chunk) throws SQLException {
        Map<String, String> text = KafkaHeaders.text(chunk.headers());
        ChunkHeaders headers = ChunkHeaders.read(text).orElse(null);
        byte[] body = chunk.value() == null ? new byte[0] : chunk.value();
        Context trace = propagator.extract(Context.root(), text, KafkaHeaders.GETTER);
        ChunkSpan span = new ChunkSpan(
                hold,
                chunk.offset(),
                Math.multiplyExact(chunk.timestamp(), 1_000L),
                headers,
                body,
                trace,
                buffer.records);
        if (headers == null) {
            unreadable(span, 1, "the headers are not those of a chunk");
        } else {
            Sink sink = new Sink(buffer, span, headers.tenant());
            try {
                ChunkReader.read(body, sink);
            } catch (IOException broken) {
                buffer.dropFrom(span.firstRecord);
                span.dead().clear();
                unreadable(span, Math.max(1, headers.records()), "the body is not a chunk");
            }
            if (sink.failure != null) {
                buffer.dropFrom(span.firstRecord);
                throw sink.failure;
            }
        }
        span.endAt(buffer.records);
        buffer.add(span);
    }

    private static void unreadable(ChunkSpan span, int records, String detail) {
        span.dead().add(new DeadRecord(span, -1, records, IngestError.CHUNK_UNREADABLE, detail));
    }

    private final class Sink implements ChunkReader.Handler {
        private final RowBuffer buffer;
        private final ChunkSpan span;
        private final UUID tenant;
        private final int tenantNumber;
        private int index;
        private boolean begun;
        private @Nullable IngestError wrong;
        private String detail = "";
        private @Nullable SQLException failure;

        Sink(RowBuffer buffer, ChunkSpan span, UUID tenant) {
            this.buffer = buffer;
            this.span = span;
            this.tenant = tenant;
            this.tenantNumber = buffer.tenantNumber(tenant);
        }

        @Override
        public void begin(int recordIndex, String entityId, long eventAtMicros) {
            buffer.beginRecord(tenantNumber, recordIndex, entityId, eventAtMicros);
            index = recordIndex;
            begun = true;
            wrong = null;
        }

        @Override
        public void text(int attributeId, char[] text, int from, int length) {
            if (fits(attributeId, AttributeKind.STRING)) {
                buffer.textRow(attributeId, text, from, length);
            }
        }

        @Override
        public void flag(int attributeId, boolean value) {
            row(attributeId, AttributeKind.BOOL, RowBuffer.BOOL, value ? 1 : 0);
        }

        @Override
        public void int64(int attributeId, long value) {
            row(attributeId, AttributeKind.INT64, RowBuffer.INT64, value);
        }

        @Override
        public void float64(int attributeId, double value) {
            row(attributeId, AttributeKind.DOUBLE, RowBuffer.DOUBLE, Double.doubleToRawLongBits(value));
        }

        @Override
        public void moment(int attributeId, long micros) {
            row(attributeId, AttributeKind.TIMESTAMP, RowBuffer.TIMESTAMP, micros);
        }

        @Override
        public void nothing(int attributeId) {
            if (fits(attributeId, null)) {
                buffer.row(attributeId, RowBuffer.NOTHING, 0);
            }
        }

        @Override
        public void end() {
            IngestError why = wrong;
            if (why == null) {
                buffer.endRecord();
            } else {
                buffer.dropRecord();
                span.dead().add(new DeadRecord(span, index, 1, why, detail));
            }
            begun = false;
        }

        @Override
        public void broken(int recordIndex, String reason) {
            if (begun) {
                buffer.dropRecord();
                begun = false;
            }
            span.dead().add(new DeadRecord(span, recordIndex, 1, IngestError.MALFORMED_RECORD, reason));
        }

        private void row(int attributeId, AttributeKind kind, byte code, long bits) {
            if (fits(attributeId, kind)) {
                buffer.row(attributeId, code, bits);
            }
        }

        private boolean fits(int attributeId, @Nullable AttributeKind kind) {
            if (failure != null) {
                return false;
            }
            try {
                AttributeCatalog.Entry entry = catalog.find(attributeId);
                // Another tenant's attribute is as unknown as none.
                if (entry == null || !entry.tenant().equals(tenant)) {
                    wrong = IngestError.ATTRIBUTE_UNKNOWN;
                    detail = "attribute " + attributeId + " is not declared";
                    return false;
                }
                if (kind != null && entry.kind() != kind) {
                    wrong = IngestError.ATTRIBUTE_KIND_MISMATCH;
                    detail = "attribute " + entry.name() + " is " + entry.kind().wire() + ", not " + kind.wire();
                    return false;
                }
                return true;
            } catch (SQLException unreachable) {
                failure = unreachable;
                return false;
            }
        }
    }
}
