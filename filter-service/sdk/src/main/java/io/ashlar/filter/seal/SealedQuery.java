package io.ashlar.filter.seal;

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
 * @param sort complete: ends with the dataset's key, so that the order is total
 * @param limit rows of a page, 1 to {@link #LIMIT_MAX}; 0 where the operation has no limit
 * @param position the keyset position after which a page starts: one value per sort key, null where the row had
 *     none; null for the first page
 * @param fields what to return, in order; nothing else of the row may leave the store
 * @param masked what the client asked for (or would have got) but may not see; never in {@code fields}
 * @param asOf exclusive bound of loaded offsets by topic and partition; null where the read is at run time
 * @param policyVersion of the tenant's policies, that the plan was made with
 * @param planHash {@code sha256:…} of the plan's canonical JSON
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
        String planHash) {

    /** The largest page, in rows. */
    public static final int LIMIT_MAX = 500;

    public SealedQuery {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("subject is blank");
        }
        if (limit < 0 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit " + limit + " is not in 0 to " + LIMIT_MAX);
        }
        if (op == Operation.PAGE && limit == 0) {
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
        if (asOf != null) {
            Map<String, Map<Integer, Long>> copy = new HashMap<>();
            asOf.forEach((topic, offsets) -> copy.put(topic, Map.copyOf(offsets)));
            asOf = Map.copyOf(copy);
        }
    }

    /** What the router is to do. */
    public enum Operation {
        PAGE,
        STREAM,
        COUNT,
        DESCRIBE;

        /** The name on the wire: {@code page}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
