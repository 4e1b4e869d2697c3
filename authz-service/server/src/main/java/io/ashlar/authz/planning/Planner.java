package io.ashlar.authz.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.Mode;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Plans: which rows some permit allows and no forbid may forbid. Stateless. */
public final class Planner {

    private Planner() {}

    /** What came of it. */
    public sealed interface Outcome {}

    /** The rows that pass; {@link Filter.All} for all, an empty {@link Filter.Or} for none. */
    public record Rows(Filter filter) implements Outcome {

        public boolean isNone() {
            return Formula.isNone(filter);
        }
    }

    /** Policies that apply to the principal and action but cannot be translated: all of them. */
    public record NotTranslatable(List<Fault> faults) implements Outcome {
        public NotTranslatable {
            faults = List.copyOf(faults);
        }
    }

    /** Plans over a tenant's policies. */
    public static Outcome plan(Subject subject, Collection<PolicyTree> policies, Mode mode) {
        Filter permitted = Filter.none();
        Filter notForbidden = Filter.all();
        List<Fault> faults = new ArrayList<>();
        for (PolicyTree policy : policies) {
            try {
                Formula formula = formula(subject, policy.json());
                switch (policy.effect()) {
                    case PERMIT -> permitted = Formula.or(permitted, formula.isTrue());
                    case FORBID -> notForbidden = Formula.and(notForbidden, passes(formula, mode));
                }
            } catch (NotTranslatableException e) {
                faults.add(new Fault(
                        "policy_not_translatable",
                        "/policies/" + policy.id() + e.place(),
                        "policy " + policy.id() + ": " + e.getMessage()));
            }
        }
        return faults.isEmpty() ? new Rows(Formula.and(permitted, notForbidden)) : new NotTranslatable(faults);
    }

    /** Whether a policy could apply to a subject and action at all is decided first: others need not be translatable. */
    private static Formula formula(Subject subject, JsonNode policy) throws NotTranslatableException {
        ScopeMatch scope = new ScopeMatch(subject);
        boolean applies = scope.principal(policy.path("principal"))
                && scope.action(policy.path("action"))
                && scope.resource(policy.path("resource"));
        return applies ? new Conditions(subject).all(policy.path("conditions")) : Formula.FALSE;
    }

    /** The rows a forbid lets pass: those for which it is false, and in exact mode also those for which it fails. */
    private static Filter passes(Formula forbid, Mode mode) {
        return switch (mode) {
            case STRICT -> forbid.isFalse();
            case EXACT -> {
                Filter applies = forbid.isTrue();
                if (applies instanceof Filter.All) {
                    yield Filter.none();
                }
                yield Formula.isNone(applies) ? Filter.all() : new Filter.Not(applies);
            }
        };
    }
}
