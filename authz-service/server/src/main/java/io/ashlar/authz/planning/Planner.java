package io.ashlar.authz.planning;

import io.ashlar.cedar.Effect;
import io.ashlar.cedar.EntityUid;
import io.ashlar.cedar.Mode;
import io.ashlar.cedar.syntax.ActionScope;
import io.ashlar.cedar.syntax.EntityScope;
import io.ashlar.cedar.syntax.Place;
import io.ashlar.cedar.syntax.Policy;
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
            return Filters.isNone(filter);
        }
    }

    /** Policies that apply to the principal and action but cannot be translated: all of them. */
    public record NotTranslatable(List<Fault> faults) implements Outcome {
        public NotTranslatable {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Plans over a tenant's policies. What cannot be translated matters only where some other row could pass: whoever has no
     * permit at all has no rows, whatever a forbid says.
     */
    public static Outcome plan(Subject subject, Collection<PolicyTree> policies, Mode mode) {
        List<Filter> permitted = new ArrayList<>();
        List<Filter> notForbidden = new ArrayList<>();
        List<Fault> permits = new ArrayList<>();
        List<Fault> forbids = new ArrayList<>();
        for (PolicyTree tree : policies) {
            Policy policy = tree.policy();
            boolean permit = policy.effect() == Effect.PERMIT;
            try {
                if (!applies(subject, policy)) {
                    continue;
                }
                Formula formula = new Translation(subject).formula(policy);
                if (permit) {
                    permitted.add(formula.isTrue());
                } else {
                    notForbidden.add(passes(formula, mode));
                }
            } catch (NotTranslatableException e) {
                (permit ? permits : forbids).add(fault(tree, e));
            }
        }
        Filter forbidden = Filters.and(notForbidden);
        Filter allowed = Filters.and(Filters.or(permitted), forbidden);
        boolean noRow = Filters.isNone(forbidden) || (permits.isEmpty() && Filters.isNone(allowed));
        if (noRow) {
            return new Rows(Filter.none());
        }
        permits.addAll(forbids);
        return permits.isEmpty() ? new Rows(allowed) : new NotTranslatable(permits);
    }

    private static Fault fault(PolicyTree tree, NotTranslatableException e) {
        Place place = Place.of(e.at(), tree.text());
        return new Fault(
                "policy_not_translatable",
                "/policies/" + tree.id(),
                "policy " + tree.id() + ", " + place + " (offset " + place.offset() + "): " + e.getMessage());
    }

    /** Whether a policy could apply to the principal and action at all: others need not be translatable. */
    private static boolean applies(Subject subject, Policy policy) {
        boolean reads = policy.principal() instanceof EntityScope.In || policy.principal() instanceof EntityScope.IsIn;
        if (reads && subject.mayBeRow(subject.principal())) {
            throw new NotTranslatableException(policy.at(), "the principal may be the row itself");
        }
        return fits(subject, policy.principal()) && fits(subject, policy.action());
    }

    private static boolean fits(Subject subject, EntityScope scope) {
        EntityUid principal = subject.principal();
        return switch (scope) {
            case EntityScope.Any any -> true;
            case EntityScope.Is(String type) -> principal.type().equals(type);
            case EntityScope.Equal(EntityScope.Target target) -> principal.equals(Membership.entity(target));
            case EntityScope.In(EntityScope.Target target) -> subject.isIn(principal, Membership.entity(target));
            case EntityScope.IsIn(String type, EntityScope.Target target) ->
                principal.type().equals(type) && subject.isIn(principal, Membership.entity(target));
        };
    }

    private static boolean fits(Subject subject, ActionScope scope) {
        EntityUid action = subject.action();
        return switch (scope) {
            case ActionScope.Any any -> true;
            case ActionScope.Equal(EntityUid uid) -> action.equals(uid);
            case ActionScope.In(EntityUid uid) -> subject.isIn(action, uid);
            case ActionScope.InAny(List<EntityUid> uids) -> uids.stream().anyMatch(uid -> subject.isIn(action, uid));
        };
    }

    /** The rows a forbid lets pass: those for which it is false, and in exact mode also those for which it fails. */
    private static Filter passes(Formula forbid, Mode mode) {
        return switch (mode) {
            case STRICT -> forbid.isFalse();
            case EXACT -> Filters.not(forbid.isTrue());
        };
    }
}
