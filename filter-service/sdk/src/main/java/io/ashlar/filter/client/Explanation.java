package io.ashlar.filter.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query would be and cost; nothing was run.
 *
 * @param sql the client's own filter as SQL, by store; placeholders only. What the policies add is not shown
 * @param estimated by the store's planner, with what the policies add; null where they leave no row
 * @param advice one for each condition and for the order
 * @param source as in {@link QueryAnswer}, as are the rest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(
        long datasetVersion,
        Map<String, String> sql,
        @Nullable Estimate estimated,
        PlanSummary plan,
        List<Advice> advice,
        String source,
        long lagMs,
        String consistency,
        String reason,
        @Nullable String token) {

    public Explanation {
        sql = Map.copyOf(sql);
        advice = List.copyOf(advice);
    }

    /**
     * What the planner expects, rounded to two digits. Costs are in its own unit: PostgreSQL's is one page read in sequence.
     *
     * @param store {@code postgresql}, …
     * @param rows or groups in all, whatever the page
     * @param totalCost of reading them all
     * @param pageCost of the page asked for
     * @param steps of the page's plan, parents before children
     */
    public record Estimate(String store, long rows, long totalCost, long pageCost, List<Step> steps) {

        public Estimate {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step of a plan.
     *
     * @param type as the store names it: {@code Index Scan}, {@code Sort}, …
     * @param filtered whether it throws away rows that it has read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            int depth,
            String type,
            @Nullable String relation,
            @Nullable String index,
            boolean filtered) {}

    /**
     * What the policies do to the query.
     *
     * @param decision {@code ALL}, {@code NONE} or {@code FILTER}
     * @param masked all fields of the dataset that are withheld, sorted
     * @param planHash {@code sha256:…} of the plan, as seals carry it
     */
    public record PlanSummary(String decision, List<String> masked, long policyVersion, String planHash) {

        public PlanSummary {
            masked = List.copyOf(masked);
        }
    }
}
