package io.ashlar.export.run;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.problem.Problem;
import io.ashlar.filter.client.Advice;
import io.ashlar.filter.client.FilterClient;
import io.ashlar.router.RouterError;
import io.ashlar.router.client.TooCostly;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A refusal as too dear, in words: the router knows what a statement would cost, filter-service which conditions of the query
 * no index serves. As many of them are named as a person reads.
 */
final class TooDear {

    private static final Logger LOG = Logger.getLogger(TooDear.class);
    private static final int NAMED_MAX = 5;

    private TooDear() {}

    static boolean is(Problem problem) {
        return problem.code().equals(RouterError.QUERY_TOO_COSTLY.code());
    }

    /** What the tenant is told. Asks filter-service; where that does not answer, the numbers have to do. */
    static String words(FilterClient asUser, ExportSpec spec, Problem refused) {
        StringBuilder words = new StringBuilder(256).append(refused.detail());
        Optional<TooCostly> numbers = TooCostly.of(refused);
        numbers.ifPresent(known -> words.append(" Expected cost: ")
                .append(whole(known.estimatedCost()))
                .append(", allowed: ")
                .append(whole(known.ceiling()))
                .append("."));
        try {
            named(
                    words,
                    asUser.explain(spec.source(), spec.query(), Consistency.EVENTUAL)
                            .advice());
        } catch (CallFailedException unexplained) {
            LOG.warnf("event=export_refusal_unexplained source=%s message=%s", spec.source(), unexplained.getMessage());
        }
        return words.toString();
    }

    private static void named(StringBuilder words, List<Advice> advice) {
        List<Advice> costly = advice.stream().filter(Advice::isCostly).toList();
        if (costly.isEmpty()) {
            words.append(" An index serves every condition, but too many rows match. Ask for fewer.");
            return;
        }
        words.append(" No index serves:");
        for (Advice one : costly.subList(0, Math.min(NAMED_MAX, costly.size()))) {
            words.append(' ')
                    .append(one.pointer().isEmpty() ? "the order" : one.pointer())
                    .append(" (")
                    .append(one.field())
                    .append("): ")
                    .append(one.detail());
            if (one.help() != null) {
                words.append(' ').append(one.help());
            }
        }
        if (costly.size() > NAMED_MAX) {
            words.append(" And ").append(costly.size() - NAMED_MAX).append(" more.");
        }
    }

    private static String whole(double number) {
        return BigDecimal.valueOf(Math.rint(number)).toBigInteger().toString();
    }
}
