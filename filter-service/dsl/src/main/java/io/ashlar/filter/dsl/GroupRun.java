package io.ashlar.filter.dsl;

import io.ashlar.filter.dsl.Aggregate.Group;
import io.ashlar.filter.dsl.Aggregate.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Groups rows in memory and measures the groups. */
record GroupRun(CheckedAggregate aggregate, Dataset dataset) {

    private static final int AVERAGE_DIGITS = 6;

    List<Map<String, @Nullable Object>> of(Collection<? extends Map<String, ? extends @Nullable Object>> rows) {
        Map<List<@Nullable Object>, List<Map<String, ? extends @Nullable Object>>> groups = new LinkedHashMap<>();
        if (aggregate.groups().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        for (Map<String, ? extends @Nullable Object> row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            aggregate.groups().forEach(group -> key.add(key(group, row)));
            groups.computeIfAbsent(key, absent -> new ArrayList<>()).add(row);
        }
        List<Map<String, @Nullable Object>> answer = new ArrayList<>();
        groups.forEach((key, members) -> {
            Map<String, @Nullable Object> out = new HashMap<>();
            for (int i = 0; i < key.size(); i++) {
                out.put(aggregate.groups().get(i).as(), key.get(i));
            }
            aggregate.measures().forEach(measure -> out.put(measure.as(), measured(measure, members)));
            answer.add(out);
        });
        return answer;
    }

    private @Nullable Object key(Group group, Map<String, ? extends @Nullable Object> row) {
        Object value = row.get(group.field());
        CalendarUnit bucket = group.bucket();
        if (bucket == null || value == null) {
            // Decimals are equal by value, not by scale.
            return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
        }
        ZoneId zone = ZoneId.of(aggregate.tz());
        return switch (value) {
            case LocalDate day -> bucket.floor(day);
            case Instant instant ->
                bucket.isCalendar() ? bucket.floor(instant.atZone(zone).toLocalDate()) : bucket.floor(instant, zone);
            default -> throw new IllegalArgumentException("no time to cut: " + value.getClass());
        };
    }

    private @Nullable Object measured(Measure measure, List<Map<String, ? extends @Nullable Object>> rows) {
        String name = measure.field();
        if (name == null) {
            return (long) rows.size();
        }
        FieldType type = dataset.require(name).type();
        List<Object> values = new ArrayList<>();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            Object value = row.get(name);
            if (value != null) {
                values.add(value);
            }
        }
        if (!type.isSortable()) {
            return (long) values.size();
        }
        values.sort(Values.order(type));
        return switch (measure.fn()) {
            case COUNT -> (long) values.size();
            case COUNT_DISTINCT -> distinct(values, type);
            case SUM -> values.isEmpty() ? null : sum(values, type);
            case AVG -> values.isEmpty() ? null : average(values, type);
            case MIN -> values.isEmpty() ? null : values.getFirst();
            case MAX -> values.isEmpty() ? null : values.getLast();
            case PERCENTILE -> {
                double share = Objects.requireNonNull(measure.p()).doubleValue();
                int rank = Math.max(1, (int) Math.ceil(share * values.size()));
                yield values.isEmpty() ? null : values.get(rank - 1);
            }
        };
    }

    private static long distinct(List<Object> sorted, FieldType type) {
        long count = 0;
        for (int i = 0; i < sorted.size(); i++) {
            boolean again = i > 0 && Values.order(type).compare(sorted.get(i - 1), sorted.get(i)) == 0;
            count += again ? 0 : 1;
        }
        return count;
    }

    private static Object sum(List<Object> values, FieldType type) {
        if (type == FieldType.DOUBLE) {
            return values.stream().mapToDouble(Double.class::cast).sum();
        }
        return values.stream().map(GroupRun::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object average(List<Object> values, FieldType type) {
        return switch (sum(values, type)) {
            case Double sum -> sum / values.size();
            case BigDecimal sum -> sum.divide(BigDecimal.valueOf(values.size()), AVERAGE_DIGITS, RoundingMode.HALF_UP);
            default -> throw new IllegalArgumentException("no sum of a " + type.wire());
        };
    }

    private static BigDecimal exact(Object value) {
        return value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
    }
}
