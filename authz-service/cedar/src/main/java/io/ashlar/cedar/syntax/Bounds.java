package io.ashlar.cedar.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Measures trees without recursion, before anybody walks them with it. */
final class Bounds {

    private record Visit(Expr expr, int depth) {}

    private Bounds() {}

    /**
     * Asks that the expressions of one policy are within {@link Limits}.
     *
     * @throws OutOfBoundsException if they are not
     */
    static void require(List<Expr> roots) {
        Deque<Visit> open = new ArrayDeque<>();
        roots.forEach(root -> open.push(new Visit(root, 1)));
        int nodes = 0;
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            if (++nodes > Limits.NODES_MAX) {
                throw new OutOfBoundsException(
                        "the conditions of a policy have at most " + Limits.NODES_MAX + " parts",
                        visit.expr().at());
            }
            if (visit.depth() > Limits.DEPTH_MAX) {
                throw tooDeep(visit.expr().at());
            }
            if ((visit.expr() instanceof Expr.And || visit.expr() instanceof Expr.Or)
                    && visit.expr().children().size() > Limits.OPERANDS_MAX) {
                throw new OutOfBoundsException(
                        "a chain of && or || has at most " + Limits.OPERANDS_MAX + " operands",
                        visit.expr().at());
            }
            visit.expr().children().forEach(child -> open.push(new Visit(child, visit.depth() + 1)));
        }
    }

    static OutOfBoundsException tooDeep(Span at) {
        return new OutOfBoundsException("expressions are nested at most " + Limits.DEPTH_MAX + " deep", at);
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
