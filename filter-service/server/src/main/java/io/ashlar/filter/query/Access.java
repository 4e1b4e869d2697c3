package io.ashlar.filter.query;

import io.ashlar.authz.plan.Plan;
import io.ashlar.authz.plan.PlanJson;
import io.ashlar.filter.cursor.CursorBinding;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.Filter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What of a dataset one subject may read, as the policies say now.
 *
 * @param hidden Cedar attribute paths whose values are withheld
 * @param nothing the plan leaves no row
 * @param plan in fields of the dataset; whatever is read is joined with it
 * @param policyVersion of the tenant's policies, that the plan was made with
 * @param planHash {@code sha256:…} of the plan's canonical JSON
 */
public record Access(
        UUID tenant,
        String subject,
        Dataset dataset,
        List<String> hidden,
        boolean nothing,
        Filter plan,
        long policyVersion,
        String planHash) {

    public Access {
        hidden = List.copyOf(hidden);
    }

    /** @param mapped the plan's filter in fields of the dataset */
    static Access of(UUID tenant, String subject, Dataset dataset, Plan plan, Filter mapped) {
        return new Access(
                tenant,
                subject,
                dataset,
                plan.masked(),
                plan instanceof Plan.None,
                mapped,
                plan.policyVersion(),
                hash(plan));
    }

    /** {@code sha256:…} of a plan's canonical JSON, as seals carry it. */
    public static String hash(Plan plan) {
        return ClientQuery.sha256(PlanJson.write(plan).toString());
    }

    /** Names of the fields that the subject may filter by and read, in the dataset's order. */
    public Set<String> visible() {
        return new LinkedHashSet<>(names(false));
    }

    /** Names of the fields that are withheld, sorted. */
    public List<String> masked() {
        return names(true).stream().sorted().toList();
    }

    private List<String> names(boolean withheld) {
        return dataset.fields().stream()
                .filter(field -> hidden.contains(field.cedarAttribute()) == withheld)
                .map(Field::name)
                .toList();
    }

    /** The rows that a filter leaves of those that the subject may read. */
    public Filter joined(Filter filter) {
        return nothing ? Filter.none() : filter.and(plan);
    }

    /** What a cursor over these rows opens for. */
    public CursorBinding cursorBinding(String queryHash) {
        return new CursorBinding(tenant, dataset.name(), dataset.version(), queryHash);
    }
}
