package io.ashlar.router.token;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The least a read must have seen. Opaque to clients, unsigned: a forged one buys no more than {@code strong} gives.
 *
 * <p>Immutable. The bounds keep {@link #text()} within {@value #TEXT_LENGTH_MAX} characters, whatever is inside.
 *
 * @param incarnation 0 and up, raised by a restore: positions of another incarnation mean nothing
 * @param tenant whose token this is; {@code null} if nobody's, e.g. nothing but a log position of a shared job
 * @param positions of the log, at most one per timeline, ordered by it; may be empty
 * @param offsets by topic and partition: the next offset to be loaded, so a store has seen enough iff its own next offset
 *     is equal or greater; may be empty
 * @param mintedAt UTC, milliseconds, from 1970 to 9999
 */
public record ConsistencyToken(
        int incarnation,
        @Nullable UUID tenant,
        List<LogPosition> positions,
        Map<String, Map<Integer, Long>> offsets,
        Instant mintedAt) {

    /** No token's text is longer. */
    public static final int TEXT_LENGTH_MAX = 4096;

    static final int POSITIONS_MAX = 8;
    static final int TOPICS_MAX = 4;
    static final int PARTITIONS_MAX = 64;
    static final int PARTITION_MAX = 9_999;

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Instant MINTED_AT_END = Instant.parse("+10000-01-01T00:00:00Z");

    public ConsistencyToken {
        check(incarnation >= 0, "incarnation is negative");
        check(!mintedAt.isBefore(Instant.EPOCH) && mintedAt.isBefore(MINTED_AT_END), "minted at an impossible time");
        mintedAt = mintedAt.truncatedTo(ChronoUnit.MILLIS);
        positions = ordered(positions);
        offsets = ordered(offsets);
    }

    /** A token for what was committed at or before {@code position}. */
    public static ConsistencyToken at(int incarnation, UUID tenant, LogPosition position, Instant mintedAt) {
        return new ConsistencyToken(incarnation, tenant, List.of(position), Map.of(), mintedAt);
    }

    /** A token for what was written to topics and is loaded later. */
    public static ConsistencyToken loaded(
            int incarnation, UUID tenant, Map<String, Map<Integer, Long>> offsets, Instant mintedAt) {
        return new ConsistencyToken(incarnation, tenant, List.of(), offsets, mintedAt);
    }

    /** Reads {@link #text()}. Any text will do; nothing is thrown. */
    public static ParsedToken parse(String text) {
        return TokenText.parse(text);
    }

    /** {@code v1.} and base64url of compact JSON, without padding. */
    public String text() {
        return TokenText.write(this);
    }

    /** {@link #merge(ConsistencyToken, SwitchPoints)} where no switch point is known. */
    public ConsistencyToken merge(ConsistencyToken other) {
        return merge(other, SwitchPoints.UNKNOWN);
    }

    /**
     * The token that holds where both hold. Commutative, associative and idempotent for the same switch points.
     *
     * <p>Within a timeline the greater LSN stays. An older timeline's position folds into a younger one's only if it is
     * at or below its switch point (every node of the younger timeline has it); else both stay. Of two incarnations the
     * lower stays: one half is lost, so the whole is.
     *
     * @throws IllegalArgumentException if the tenants differ, or the result is over a bound
     */
    public ConsistencyToken merge(ConsistencyToken other, SwitchPoints switchPoints) {
        UUID merged = tenant == null ? other.tenant : tenant;
        check(other.tenant == null || other.tenant.equals(merged), "the tokens are of two tenants");
        List<LogPosition> all = new ArrayList<>(positions);
        all.addAll(other.positions);
        Map<String, Map<Integer, Long>> offsetsOfBoth = new TreeMap<>();
        for (Map<String, Map<Integer, Long>> half : List.of(offsets, other.offsets)) {
            half.forEach((topic, partitions) -> {
                Map<Integer, Long> target = offsetsOfBoth.computeIfAbsent(topic, t -> new TreeMap<>());
                partitions.forEach((partition, next) -> target.merge(partition, next, Math::max));
            });
        }
        return new ConsistencyToken(
                Math.min(incarnation, other.incarnation),
                merged,
                greatest(all, switchPoints),
                offsetsOfBoth,
                mintedAt.isAfter(other.mintedAt) ? mintedAt : other.mintedAt);
    }

    /** The maximal elements of a partial order, which makes the merge independent of the order it is done in. */
    private static List<LogPosition> greatest(Collection<LogPosition> all, SwitchPoints switchPoints) {
        return all.stream()
                .distinct()
                .filter(p -> all.stream().noneMatch(q -> !p.equals(q) && covers(q, p, switchPoints)))
                .toList();
    }

    private static boolean covers(LogPosition younger, LogPosition older, SwitchPoints switchPoints) {
        if (younger.lsn() < older.lsn() || younger.timeline() < older.timeline()) {
            return false;
        }
        if (younger.timeline() == older.timeline()) {
            return true;
        }
        OptionalLong end = switchPoints.of(older.timeline());
        return end.isPresent() && older.lsn() <= end.getAsLong();
    }

    private static List<LogPosition> ordered(List<LogPosition> positions) {
        check(positions.size() <= POSITIONS_MAX, "more than " + POSITIONS_MAX + " log positions");
        check(
                positions.stream().mapToInt(LogPosition::timeline).distinct().count() == positions.size(),
                "two positions of one timeline");
        return positions.stream()
                .sorted(Comparator.comparingInt(LogPosition::timeline))
                .toList();
    }

    private static Map<String, Map<Integer, Long>> ordered(Map<String, Map<Integer, Long>> offsets) {
        check(offsets.size() <= TOPICS_MAX, "more than " + TOPICS_MAX + " topics");
        NavigableMap<String, Map<Integer, Long>> topics = new TreeMap<>();
        int count = 0;
        for (Map.Entry<String, Map<Integer, Long>> topic : offsets.entrySet()) {
            check(TOPIC.matcher(topic.getKey()).matches(), "a topic's name is malformed");
            SortedMap<Integer, Long> partitions = new TreeMap<>(topic.getValue());
            partitions.forEach((partition, next) -> {
                check(partition >= 0 && partition <= PARTITION_MAX, "a partition is out of range");
                check(next >= 0, "an offset is negative");
            });
            count += partitions.size();
            if (!partitions.isEmpty()) {
                topics.put(topic.getKey(), Collections.unmodifiableSortedMap(partitions));
            }
        }
        check(count <= PARTITIONS_MAX, "more than " + PARTITIONS_MAX + " partitions");
        return Collections.unmodifiableNavigableMap(topics);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
