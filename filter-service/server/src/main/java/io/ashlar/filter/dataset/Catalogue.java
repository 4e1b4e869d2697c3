package io.ashlar.filter.dataset;

import io.ashlar.filter.dataset.CatalogueCheck.Findings;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Source;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.router.client.DescribeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asks the router what a declaration's relations really are, and holds the declaration against them. */
record Catalogue(SealedCalls router) {

    Findings hold(UUID tenant, String subject, Dataset candidate) {
        List<Fault> faults = new ArrayList<>(CatalogueCheck.ambiguities(candidate));
        List<Fault> warnings = new ArrayList<>();
        router.describe(tenant, subject, candidate)
                .map(catalogue -> CatalogueCheck.of(candidate, catalogue))
                .ifPresentOrElse(
                        found -> {
                            faults.addAll(found.faults());
                            warnings.addAll(found.warnings());
                        },
                        () -> faults.add(unknown("/relation")));
        int first = AttributeCheck.first(candidate);
        if (first >= 0 && candidate.fields().get(first).source() instanceof Source.Eav eav) {
            Optional<DescribeAnswer> catalogue = router.describe(tenant, subject, over(candidate, eav));
            if (catalogue.isEmpty()) {
                faults.add(unknown("/fields/" + first + "/source/eav"));
            }
            catalogue.map(found -> AttributeCheck.of(candidate, found)).ifPresent(found -> {
                faults.addAll(found.faults());
                warnings.addAll(found.warnings());
            });
        }
        return new Findings(faults, warnings);
    }

    /** The relation of the attributes, as a dataset that can be described. */
    private static Dataset over(Dataset dataset, Source.Eav eav) {
        Field entity = new Field("entity", FieldType.STRING, new Source.Column(eav.entity())).notNull();
        return new Dataset(
                dataset.name(),
                dataset.version(),
                eav.relation(),
                dataset.tenantColumn(),
                List.of(entity.name()),
                dataset.cedarType(),
                null,
                List.of(entity));
    }

    private static Fault unknown(String pointer) {
        return new Fault("unknown_relation", pointer, "The store has no such relation, or it may not be read.");
    }
}
