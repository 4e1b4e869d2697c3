package io.ashlar.authz.accessreview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A review.
 *
 * @param revision of the tenant, whose grants are reviewed
 * @param lapse whether what nobody keeps ends by its date
 * @param roles that are reviewed; with {@code groups} empty: all
 * @param state {@code open}, or {@code closed} once its date has passed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Review(
        String id,
        String state,
        long revision,
        Instant dueAt,
        boolean lapse,
        List<String> roles,
        List<String> groups,
        @Nullable String reason,
        String createdBy,
        Instant createdAt,
        @Nullable Instant closedAt) {

    Review {
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
    }

    /** How many grants there are, by what was said of them and became of them. */
    record Counts(
            long grants, long unattested, long kept, long revoked, long lapsed, long gone, long spared, long renewed) {}

    /** With its counts. */
    record Whole(Review review, Counts counts) {}

    /** What a client wants to be reviewed. */
    record Wanted(
            String id,
            Instant dueAt,
            boolean lapse,
            List<String> roles,
            List<String> groups,
            @Nullable String reason) {

        boolean saysTheSame(Review review) {
            return dueAt.equals(review.dueAt())
                    && lapse == review.lapse()
                    && roles.equals(review.roles())
                    && groups.equals(review.groups());
        }
    }
}
