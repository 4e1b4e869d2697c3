package io.ashlar.ingest.load;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sorts rows by (tenant, attribute, time), the order of the index they go into: neighbours in the batch are then neighbours in
 * the index. A merge sort over row numbers; no object per row.
 */
final class RowOrder {

    private static final int INSERTION = 12;

    private final RowBuffer buffer;
    private final int[] tenantRank;

    private RowOrder(RowBuffer buffer) {
        this.buffer = buffer;
        this.tenantRank = ranks(buffer.tenants());
    }

    /** Sorts the first {@code count} of these row numbers in place. */
    static void sort(RowBuffer buffer, int[] numbers, int count) {
        new RowOrder(buffer).sort(numbers, new int[count], 0, count);
    }

    /** The order of PostgreSQL's uuid type: bytes, unsigned. */
    private static int[] ranks(List<UUID> tenants) {
        List<Integer> order = IntStream.range(0, tenants.size())
                .boxed()
                .sorted(Comparator.comparing(
                        tenants::get,
                        (a, b) -> a.getMostSignificantBits() != b.getMostSignificantBits()
                                ? Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits())
                                : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits())))
                .toList();
        int[] ranks = new int[order.size()];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[order.get(rank)] = rank;
        }
        return ranks;
    }

    private void sort(int[] numbers, int[] spare, int from, int to) {
        if (to - from <= INSERTION) {
            for (int at = from + 1; at < to; at++) {
                int moved = numbers[at];
                int place = at;
                while (place > from && after(numbers[place - 1], moved)) {
                    numbers[place] = numbers[place - 1];
                    place--;
                }
                numbers[place] = moved;
            }
            return;
        }
        int middle = (from + to) >>> 1;
        sort(numbers, spare, from, middle);
        sort(numbers, spare, middle, to);
        if (!after(numbers[middle - 1], numbers[middle])) {
            return;
        }
        System.arraycopy(numbers, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        int place = from;
        while (left < middle && right < to) {
            numbers[place++] = after(spare[left], numbers[right]) ? numbers[right++] : spare[left++];
        }
        while (left < middle) {
            numbers[place++] = spare[left++];
        }
    }

    private boolean after(int a, int b) {
        int recordA = buffer.rowRecord[a];
        int recordB = buffer.rowRecord[b];
        int tenants = Integer.compare(tenantRank[buffer.tenant[recordA]], tenantRank[buffer.tenant[recordB]]);
        if (tenants != 0) {
            return tenants > 0;
        }
        if (buffer.attribute[a] != buffer.attribute[b]) {
            return buffer.attribute[a] > buffer.attribute[b];
        }
        return buffer.eventAt[recordA] > buffer.eventAt[recordB];
    }
}
