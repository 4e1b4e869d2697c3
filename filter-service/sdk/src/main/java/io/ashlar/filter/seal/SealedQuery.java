package io.ashlar.filter.seal;

import io.ashlar.filter.dsl.Aggregate;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.SortKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One read that filter-service validated, authorized and bound to a tenant. The router runs exactly this.
 *
 * @param tenant whose rows; the compiler adds the predicate, and the row-level security of the store holds it too
 * @param subject the user the decision was made for
 * @param op what to do
 * @param dataset the physical mapping, with its version
 * @param filter the client's filter AND the plan, in field names of the dataset
 * @param sort complete: ends with the dataset's key, or with every group, so that the order is total
 * @param limit rows or groups of a page, 1 to {@link #LIMIT_MAX}; 0 where the operation has no limit
 * @param position the keyset position after which a page starts: one value per sort key, null where the row had
 *     none; null for the first page
 * @param fields what to return, in order; nothing else of the row may leave the store; empty for an aggregate
 * @param masked what the client asked for (or would have got) but may not see; never in {@code fields}
 * @param asOf exclusive bound of loaded offsets by topic and partition; null where the read is at run time
 * @param policyVersion of the tenant's policies, that the plan was made with
 * @param planHash {@code sha256:…} of the plan's canonical JSON
 * @param aggregate what is grouped and measured, with the filter, order and limit that stand here too; null unless
 *     groups are what is asked for
 * @param explains the operation whose statement is explained instead of run; null unless {@code op} is
 *     {@link Operation#EXPLAIN}
 */
public record SealedQuery(
        UUID tenant,
        String subject,
        Operation op,
        Dataset dataset,
        Filter filter,
        List<SortKey> sort,
        int limit,
        @Nullable List<@Nullable Literal> position,
        List<String> fields,
        List<String> masked,
        @Nullable Map<String, Map<Integer, Long>> asOf,
        long policyVersion,
        String planHash,
        @Nullable CheckedAggregate aggregate,
        @Nullable Operation explains) {

    /** The largest page, in rows. */
    public static final int LIMIT_MAX = 500;

    public SealedQuery {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("subject is blank");
        }
        if (limit < 0 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit " + limit + " is not in 0 to " + LIMIT_MAX);
        }
        if ((op == Operation.EXPLAIN) != (explains != null)) {
            throw new IllegalArgumentException("an explanation, and only that, says what it explains");
        }
        Operation run = explains == null ? op : explains;
        if (explains != null && !explains.isExplainable()) {
            throw new IllegalArgumentException("nothing can be explained of " + explains.wire());
        }
        if (run.hasLimit() && limit == 0) {
            throw new IllegalArgumentException("a page without a limit");
        }
        sort = List.copyOf(sort);
        if (position != null) {
            if (position.size() != sort.size()) {
                throw new IllegalArgumentException(
                        "position has " + position.size() + " values for " + sort.size() + " sort keys");
            }
            position = Collections.unmodifiableList(new ArrayList<>(position));
        }
        fields = List.copyOf(fields);
        masked = List.copyOf(masked);
        for (String field : masked) {
            if (fields.contains(field)) {
                throw new IllegalArgumentException("field " + field + " is both returned and masked");
            }
        }
        if ((run == Operation.AGGREGATE) != (aggregate != null)) {
            throw new IllegalArgumentException("groups are of an aggregate, and of nothing else");
        }
        if (aggregate != null) {
            fits(aggregate, filter, sort, limit, fields, masked);
        }
        if (asOf != null) {
            Map<String, Map<Integer, Long>> copy = new HashMap<>();
            asOf.forEach((topic, offsets) -> copy.put(topic, Map.copyOf(offsets)));
            asOf = Map.copyOf(copy);
        }
    }

    /** A query for rows, for their number or for what the relation is. */
    public SealedQuery(
            UUID tenant,
            String subject,
            Operation op,
            Dataset dataset,
            Filter filter,
            List<SortKey> sort,
            int limit,
            @Nullable List<@Nullable Literal> position,
            List<String> fields,
            List<String> masked,
            @Nullable Map<String, Map<Integer, Long>> asOf,
            long policyVersion,
            String planHash) {
        this(
                tenant,
                subject,
                op,
                dataset,
                filter,
                sort,
                limit,
                position,
                fields,
                masked,
                asOf,
                policyVersion,
                planHash,
                null,
                null);
    }

    /**
     * A query for groups.
     *
     * @param aggregate joined with the plan, without a cursor
     * @param position the sort keys' values of the last group seen; null for the first page
     */
    public static SealedQuery aggregate(
            UUID tenant,
            String subject,
            Dataset dataset,
            CheckedAggregate aggregate,
            @Nullable List<@Nullable Literal> position,
            List<String> masked,
            @Nullable Map<String, Map<Integer, Long>> asOf,
            long policyVersion,
            String planHash) {
        return new SealedQuery(
                tenant,
                subject,
                Operation.AGGREGATE,
                dataset,
                aggregate.filter(),
                aggregate.sort(),
                aggregate.limit(),
                position,
                List.of(),
                masked,
                asOf,
                policyVersion,
                planHash,
                aggregate,
                null);
    }

    /** The same query, whose statement is to be explained and not run. */
    public SealedQuery toExplain() {
        return with(Operation.EXPLAIN, op);
    }

    /**
     * What this explains, as it would be run.
     *
     * @throws IllegalStateException if it explains nothing
     */
    public SealedQuery explained() {
        if (explains == null) {
            throw new IllegalStateException("this is no explanation");
        }
        return with(explains, null);
    }

    private SealedQuery with(Operation other, @Nullable Operation explained) {
        return new SealedQuery(
                tenant,
                subject,
                other,
                dataset,
                filter,
                sort,
                limit,
                position,
                fields,
                masked,
                asOf,
                policyVersion,
                planHash,
                aggregate,
                explained);
    }

    private static void fits(
            CheckedAggregate aggregate,
            Filter filter,
            List<SortKey> sort,
            int limit,
            List<String> fields,
            List<String> masked) {
        if (aggregate.limit() != limit
                || aggregate.cursor() != null
                || !fields.isEmpty()
                || !aggregate.sort().equals(sort)
                || !aggregate.filter().equals(filter)) {
            throw new IllegalArgumentException("the aggregate is not of this filter, order and limit");
        }
        boolean hidden = aggregate.groups().stream().map(Aggregate.Group::field).anyMatch(masked::contains)
                || aggregate.measures().stream()
                        .map(Aggregate.Measure::field)
                        .anyMatch(field -> field != null && masked.contains(field));
        if (hidden) {
            throw new IllegalArgumentException("a masked field is grouped by or measured");
        }
    }

    /** What the router is to do. */
    public enum Operation {
        PAGE,
        STREAM,
        COUNT,
        DESCRIBE,
        AGGREGATE,
        EXPLAIN;

        /** Whether it has a statement over the dataset's rows. */
        boolean isExplainable() {
            return this != DESCRIBE && this != EXPLAIN;
        }

        private boolean hasLimit() {
            return this == PAGE || this == AGGREGATE;
        }

        /** The name on the wire: {@code page}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
