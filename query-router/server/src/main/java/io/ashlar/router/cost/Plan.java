package io.ashlar.router.cost;

import io.ashlar.filter.dsl.Statement;
import io.ashlar.router.client.ExplainAnswer;
import io.ashlar.router.client.ExplainAnswer.PlanNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * How PostgreSQL would run a statement: its estimates, and each step without the conditions, which hold values.
 *
 * @param rows of the result, estimated
 * @param cost of the whole, estimated
 * @param nodes parents before their children, at most {@link ExplainAnswer#NODES_MAX}
 */
public record Plan(double rows, double cost, List<PlanNode> nodes) {

    /** Planned with the values that are bound, as the statement itself would be. */
    private static final String EXPLAIN = "EXPLAIN (FORMAT JSON) ";

    private static final String TYPE = "Node Type";
    private static final String ROWS = "Plan Rows";
    private static final String COST = "Total Cost";

    public Plan {
        nodes = List.copyOf(nodes);
    }

    /** The statement that explains another and takes the same binds. */
    public static String explaining(String sql) {
        return EXPLAIN + sql;
    }

    /** What {@link #explaining} explains, for a statement with the same binds. */
    public static Statement explaining(Statement statement) {
        return new Statement(
                explaining(statement.sql()),
                statement.binds(),
                statement.columns(),
                statement.released(),
                statement.position());
    }

    /**
     * Reads the only column of the only row.
     *
     * @throws IllegalArgumentException if it is no plan
     */
    public static Plan of(JsonArray explained) {
        JsonObject root =
                explained.isEmpty() ? null : explained.getJsonObject(0).getJsonObject("Plan");
        if (root == null) {
            throw new IllegalArgumentException("the store's explanation has no plan");
        }
        List<PlanNode> nodes = new ArrayList<>();
        walk(root, 0, nodes);
        return new Plan(number(root, ROWS), number(root, COST), nodes);
    }

    private static void walk(JsonObject node, int depth, List<PlanNode> into) {
        if (into.size() == ExplainAnswer.NODES_MAX) {
            return;
        }
        into.add(new PlanNode(
                depth,
                node.getString(TYPE, ""),
                node.getString("Relation Name"),
                node.getString("Index Name"),
                number(node, ROWS),
                number(node, COST),
                node.containsKey("Filter") || node.containsKey("Join Filter")));
        JsonArray children = node.getJsonArray("Plans", new JsonArray());
        for (int i = 0; i < children.size(); i++) {
            walk(children.getJsonObject(i), depth + 1, into);
        }
    }

    private static double number(JsonObject node, String name) {
        Double number = node.getDouble(name);
        if (number == null) {
            throw new IllegalArgumentException("the store's plan has no " + name);
        }
        return number;
    }
}
