package io.ashlar.ingest.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.ingest.event.ChunkHeaders;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

final class RowBufferTest {

    private static final @Nullable ChunkHeaders NO_HEADERS = null;

    private static ChunkSpan span(RowBuffer buffer) {
        return new ChunkSpan(new PartitionHold(0, 1, 0), 0, 0, NO_HEADERS, new byte[0], Context.root(), buffer.records);
    }

    @Property(tries = 200)
    void rowsAreSortedAsTheIndexIs(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 40) Integer> seeds, @ForAll long most) {
        RowBuffer buffer = new RowBuffer();
        UUID[] tenants = {new UUID(most, 1), new UUID(-most, 2), new UUID(1, -1)};
        for (int seed : seeds) {
            buffer.beginRecord(buffer.tenantNumber(tenants[seed % 3]), seed, "e" + seed, seed % 7);
            buffer.row(seed % 5, RowBuffer.INT64, seed);
            buffer.row(seed % 4, RowBuffer.BOOL, 1);
            buffer.endRecord();
        }
        buffer.add(span(buffer));
        int[] order = IntStream.range(0, buffer.rows).toArray();
        RowOrder.sort(buffer, order, order.length);
        assertThat(Arrays.stream(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, buffer.rows).toArray());
        for (int i = 1; i < order.length; i++) {
            assertThat(key(buffer, order[i - 1]).compareTo(key(buffer, order[i])))
                    .isLessThanOrEqualTo(0);
        }
    }

    /** As PostgreSQL compares: the uuid's bytes unsigned, then the attribute, then the time. */
    private static String key(RowBuffer buffer, int row) {
        int telemetry = buffer.rowRecord[row];
        return buffer.tenantOf(telemetry) + "/" + buffer.attribute[row] + "/" + buffer.eventAt[telemetry];
    }

    @Property(tries = 500)
    void textsAreUtf8(@ForAll @Size(max = 20) List<String> texts, @ForAll String entity) {
        RowBuffer buffer = new RowBuffer();
        buffer.beginRecord(buffer.tenantNumber(new UUID(0, 0)), 0, entity, 0);
        for (String text : texts) {
            char[] padded = ("ab" + text + "c").toCharArray();
            buffer.textRow(1, padded, 2, padded.length - 3);
        }
        buffer.endRecord();
        assertThat(buffer.rows).isEqualTo(texts.size());
        for (int row = 0; row < texts.size(); row++) {
            assertThat(buffer.textOf(row)).isEqualTo(stored(texts.get(row)));
        }
    }

    /** What UTF-8 cannot say becomes the replacement character. */
    private static String stored(String text) {
        StringBuilder stored = new StringBuilder();
        text.codePoints()
                .forEach(point -> stored.appendCodePoint(
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xfffd : point));
        return new String(stored.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Property(tries = 100)
    void droppedRecordsLeaveNothing(@ForAll @IntRange(min = 1, max = 50) int kept) {
        RowBuffer buffer = new RowBuffer();
        for (int i = 0; i < kept; i++) {
            buffer.beginRecord(buffer.tenantNumber(new UUID(0, 1)), i, "kept", i);
            buffer.row(1, RowBuffer.INT64, i);
            buffer.endRecord();
            buffer.beginRecord(buffer.tenantNumber(new UUID(0, 1)), i, "dropped", i);
            buffer.row(1, RowBuffer.INT64, -1);
            buffer.textRow(2, "gone".toCharArray(), 0, 4);
            buffer.dropRecord();
        }
        assertThat(buffer.records).isEqualTo(kept);
        assertThat(buffer.rows).isEqualTo(kept);
        assertThat(IntStream.range(0, kept).mapToObj(buffer::entityOf)).containsOnly("kept");
        buffer.dropFrom(kept - 1);
        assertThat(buffer.rows).isEqualTo(kept - 1);
    }
}
