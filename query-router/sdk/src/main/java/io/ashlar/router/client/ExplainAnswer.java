package io.ashlar.router.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store expects of a statement that it did not run. Estimates are the planner's: rows are a guess from statistics,
 * costs are in its own unit (PostgreSQL: one page read in sequence).
 *
 * @param store the kind of store: {@code postgresql}
 * @param estimatedRows that the statement would return
 * @param estimatedTotalCost of the whole plan
 * @param plan its nodes, parents before their children; at most {@link #NODES_MAX}
 */
public record ExplainAnswer(
        String store,
        double estimatedRows,
        double estimatedTotalCost,
        List<PlanNode> plan,
        String source,
        long lagMs,
        String consistency,
        String reason,
        String token)
        implements Fresh {

    /** Nodes told of one plan; a partitioned relation has many. */
    public static final int NODES_MAX = 200;

    public ExplainAnswer {
        plan = List.copyOf(plan);
    }

    /**
     * One step of a plan: what it reads and how, never a value or a condition.
     *
     * @param depth 0 for the outermost
     * @param type as the store names it: {@code Seq Scan}, {@code Index Scan}, {@code Sort}, …
     * @param relation what it reads; null if it reads other nodes
     * @param index that it reads by; null if by none
     * @param rows estimated, that it hands on
     * @param cost estimated, with its children's
     * @param filtered whether it throws away rows that it has read: no index knew the condition
     */
    public record PlanNode(
            int depth,
            String type,
            @Nullable String relation,
            @Nullable String index,
            double rows,
            double cost,
            boolean filtered) {}
}
