package io.ashlar.filter.explain;

import io.ashlar.authz.call.Consistency;
import io.ashlar.filter.advice.Advised;
import io.ashlar.filter.client.Advice;
import io.ashlar.filter.client.Explanation;
import io.ashlar.filter.client.Explanation.Estimate;
import io.ashlar.filter.client.Explanation.PlanSummary;
import io.ashlar.filter.client.Explanation.Step;
import io.ashlar.filter.dsl.AggregateSpec;
import io.ashlar.filter.dsl.CheckedQuery;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.PageSpec;
import io.ashlar.filter.dsl.RowScope;
import io.ashlar.filter.dsl.SqlCompiler;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.dsl.Store;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.filter.query.Access;
import io.ashlar.filter.query.Freshness;
import io.ashlar.filter.query.Grouping;
import io.ashlar.filter.query.Resolution;
import io.ashlar.filter.seal.SealedQuery.Operation;
import io.ashlar.router.client.ExplainAnswer;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Explains queries. Blocking: asks the router. Thread-safe. */
@Singleton
final class Explains {

    /** Estimates are made of statistics over all tenants' rows: two digits say what they are worth, and no more. */
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private static final int STEPS_MAX = 50;
    private static final String NO_SOURCE = "none";
    private static final String PLAN_NONE = "plan_none";

    private final SealedCalls router;
    private final Advised advised;

    Explains(SealedCalls router, Advised advised) {
        this.router = router;
        this.advised = advised;
    }

    /** Of a query for rows: the page it asks for, and all its rows. */
    Explanation rows(Resolution resolution, Consistency asked) {
        Access access = resolution.access();
        CheckedQuery checked = resolution.selection().checked();
        PageSpec shown =
                new PageSpec(rows(access, checked.filter()), checked.sort(), checked.fields(), checked.limit(), null);
        Consistency consistency = Freshness.following(asked, null, access.tenant());
        ExplainAnswer page = null;
        ExplainAnswer all = null;
        if (!access.nothing()) {
            page = router.explain(resolution.toSeal(Operation.PAGE, null), consistency);
            all = router.explain(resolution.toSeal(Operation.STREAM, null), consistency);
        }
        return explanation(
                access,
                sql(compiler -> compiler.page(shown)),
                page == null || all == null ? null : estimate(page, all),
                advised.advice(resolution.asked()),
                page,
                consistency);
    }

    /** Of an aggregate: the page of groups. */
    Explanation groups(Grouping grouping, Consistency asked) {
        Access access = grouping.access();
        AggregateSpec shown = new AggregateSpec(rows(access, grouping.checked().filter()), grouping.checked(), null);
        Consistency consistency = Freshness.following(asked, null, access.tenant());
        ExplainAnswer page = access.nothing() ? null : router.explain(grouping.toSeal(null), consistency);
        return explanation(
                access,
                sql(compiler -> compiler.aggregate(shown)),
                page == null ? null : estimate(page, page),
                advised.advice(grouping.asked()),
                page,
                consistency);
    }

    private static Explanation explanation(
            Access access,
            Map<String, String> sql,
            @Nullable Estimate estimate,
            List<Advice> advice,
            @Nullable ExplainAnswer answer,
            Consistency consistency) {
        String decision = access.nothing() ? "NONE" : access.plan() instanceof Filter.All ? "ALL" : "FILTER";
        return new Explanation(
                access.dataset().version(),
                sql,
                estimate,
                new PlanSummary(decision, access.masked(), access.policyVersion(), access.planHash()),
                advice,
                answer == null ? NO_SOURCE : answer.source(),
                answer == null ? 0 : answer.lagMs(),
                answer == null ? consistency.level().wire() : answer.consistency(),
                answer == null ? PLAN_NONE : answer.reason(),
                answer == null ? consistency.token() : answer.token());
    }

    private static RowScope rows(Access access, Filter filter) {
        return new RowScope(access.dataset(), access.tenant(), filter);
    }

    private static Map<String, String> sql(Function<SqlCompiler, Statement> compile) {
        Map<String, String> sql = new TreeMap<>();
        for (Store store : Store.values()) {
            sql.put(
                    store.name().toLowerCase(Locale.ROOT),
                    compile.apply(new SqlCompiler(store)).sql());
        }
        return sql;
    }

    private static Estimate estimate(ExplainAnswer page, ExplainAnswer all) {
        List<Step> steps = new ArrayList<>();
        for (ExplainAnswer.PlanNode node : page.plan()) {
            if (steps.size() == STEPS_MAX) {
                break;
            }
            steps.add(new Step(node.depth(), node.type(), node.relation(), node.index(), node.filtered()));
        }
        return new Estimate(
                page.store(),
                rounded(all.estimatedRows()),
                rounded(all.estimatedTotalCost()),
                rounded(page.estimatedTotalCost()),
                steps);
    }

    static long rounded(double estimate) {
        return BigDecimal.valueOf(Math.max(0, estimate))
                .round(TWO_DIGITS)
                .setScale(0, RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValueExact();
    }
}
