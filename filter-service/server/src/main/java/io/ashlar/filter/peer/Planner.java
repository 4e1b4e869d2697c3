package io.ashlar.filter.peer;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.client.RemoteAuthz;
import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanChange;
import io.ashlar.authz.plan.PlanField;
import io.ashlar.authz.plan.PlanRequest;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Asks authz which rows of a dataset a user may read. Blocking; thread-safe. */
@Singleton
public final class Planner {

    private static final String READ = "read";

    private final RemoteAuthz authz;

    /** With the client that the guard made: one breaker and one set of connections to authz. */
    Planner(RemoteAuthz authz) {
        this.authz = authz;
    }

    /**
     * The plan, in Cedar attribute paths; made anew for each call.
     *
     * @throws io.ashlar.authz.problem.ProblemException if authz gives none
     */
    public Plan plan(UUID tenant, String subject, Dataset dataset) {
        try {
            return authz.onBehalfOf(new OnBehalfOf(tenant, subject)).plan(request(subject, dataset));
        } catch (CallFailedException failed) {
            throw Refusal.ofAuthz(failed);
        }
    }

    /**
     * What a draft of policies would change for a subject.
     *
     * @param asker who may read the draft
     * @throws io.ashlar.authz.problem.ProblemException if authz does not say
     */
    public PlanChange planOfDraft(UUID tenant, String asker, String draft, String subject, Dataset dataset) {
        try {
            return authz.planOfDraft(new OnBehalfOf(tenant, asker), draft, request(subject, dataset));
        } catch (CallFailedException failed) {
            throw Refusal.ofDraft(failed);
        }
    }

    /** What plans of the dataset are asked for. */
    public static PlanRequest request(String subject, Dataset dataset) {
        return new PlanRequest(
                EntityRef.user(subject),
                READ,
                dataset.cedarType(),
                dataset.fields().stream().map(field -> declared(dataset, field)).toList(),
                Map.of());
    }

    /** A policy knows a row by its key, if that is one field whose values can be an entity's id. */
    private static PlanField declared(Dataset dataset, Field field) {
        PlanField declared = new PlanField(field.cedarAttribute(), field.sensitivity(), field.type());
        boolean id =
                switch (field.type()) {
                    case STRING, UUID, INT64 -> dataset.key().equals(List.of(field.name()));
                    case BOOL, DECIMAL, DOUBLE, TIMESTAMP, DATE, TEXT, MONEY, ENUM, STRINGS -> false;
                };
        return id ? declared.asId() : declared;
    }

    /** The fields that a plan leaves to be seen, in the dataset's order. */
    public static Set<String> visible(Dataset dataset, Plan plan) {
        return dataset.fields().stream()
                .filter(field -> !plan.masked().contains(field.cedarAttribute()))
                .map(Field::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
