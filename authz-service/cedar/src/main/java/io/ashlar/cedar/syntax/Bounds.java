package io.ashlar.cedar.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Measures trees without recursion, before anybody walks them with it. */
final class Bounds {

    /** In JSON a chain nests to the left: its first operand is as deep as the chain is long. */
    private static final int JSON_DEPTH_MAX = Limits.OPERANDS_MAX + Limits.DEPTH_MAX;

    private record Visit(Expr expr, int depth, int jsonDepth) {

        void check(int nodes) {
            if (nodes > Limits.NODES_MAX) {
                throw new OutOfBoundsException(
                        "the conditions of a policy have at most " + Limits.NODES_MAX + " parts", expr.at());
            }
            if (depth > Limits.DEPTH_MAX) {
                throw new OutOfBoundsException(
                        "expressions are nested at most " + Limits.DEPTH_MAX + " deep", expr.at());
            }
            if ((isChain(expr) && expr.children().size() > Limits.OPERANDS_MAX) || jsonDepth > JSON_DEPTH_MAX) {
                throw new OutOfBoundsException(
                        "a chain of && or || has at most " + Limits.OPERANDS_MAX + " operands", expr.at());
            }
        }

        void openChildren(Deque<Visit> open) {
            List<Expr> children = expr.children();
            for (int i = 0; i < children.size(); i++) {
                int levels = isChain(expr) ? children.size() - Math.max(i, 1) : 1;
                open.push(new Visit(children.get(i), depth + 1, jsonDepth + levels));
            }
        }

        private static boolean isChain(Expr expr) {
            return expr instanceof Expr.And || expr instanceof Expr.Or;
        }
    }

    private Bounds() {}

    /**
     * Asks that the expressions of one policy are within {@link Limits}.
     *
     * @throws OutOfBoundsException if they are not
     */
    static void require(List<Expr> roots) {
        Deque<Visit> open = new ArrayDeque<>();
        roots.forEach(root -> open.push(new Visit(root, 1, 1)));
        int nodes = 0;
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            visit.check(++nodes);
            visit.openChildren(open);
        }
    }

    /** Too deep, too long or too many. */
    static final class OutOfBoundsException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final transient Span at;

        OutOfBoundsException(String message, Span at) {
            super(message);
            this.at = at;
        }

        Span at() {
            return at;
        }
    }
}
