package io.ashlar.cedar.eval;

import io.ashlar.cedar.DecisionAnswer;
import io.ashlar.cedar.DecisionAnswer.PolicyError;
import io.ashlar.cedar.Effect;
import io.ashlar.cedar.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** One decision under way: takes each relevant policy, and answers. */
final class Run implements Consumer<CompiledPolicy> {

    private static final Comparator<PolicyError> BY_ID = Comparator.comparing(PolicyError::policyId);

    private final Env env;
    private final List<String> permits = new ArrayList<>(4);
    private List<String> forbids = List.of();
    private List<PolicyError> errors = List.of();

    Run(Env env) {
        this.env = env;
    }

    @Override
    public void accept(CompiledPolicy policy) {
        try {
            if (!policy.applies(env)) {
                return;
            }
        } catch (EvaluationException e) {
            errors = with(errors, new PolicyError(policy.id(), policy.effect(), Explainer.message(e)));
            return;
        }
        if (policy.effect() == Effect.PERMIT) {
            permits.add(policy.id());
        } else {
            forbids = with(forbids, policy.id());
        }
    }

    private static <T> List<T> with(List<T> list, T element) {
        List<T> grown = list.isEmpty() ? new ArrayList<>() : list;
        grown.add(element);
        return grown;
    }

    /** Forbid overrides permit, and nothing denies. */
    DecisionAnswer answer(Mode mode) {
        List<String> determining = forbids.isEmpty() ? permits : forbids;
        if (determining.size() > 1) {
            Collections.sort(determining);
        }
        if (errors.size() > 1) {
            errors.sort(BY_ID);
        }
        return new DecisionAnswer(forbids.isEmpty() && !permits.isEmpty(), determining, errors).under(mode);
    }
}
