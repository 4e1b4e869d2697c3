package io.ashlar.filter.dataset;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.body.StrictBody;
import io.ashlar.filter.dataset.CatalogueCheck.Findings;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.DatasetJson;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.peer.SealedCalls;
import io.ashlar.guard.identity.Caller;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What may be queried: finds datasets, and takes declarations after holding them against the store. Blocking. */
@Singleton
public final class DatasetRegistry {

    private static final DatasetJson DATASETS = new DatasetJson();

    private final DatasetStore store;
    private final SealedCalls router;
    private final Compatibility compatibility;

    DatasetRegistry(DatasetStore store, SealedCalls router, Compatibility compatibility) {
        this.store = store;
        this.router = router;
        this.compatibility = compatibility;
    }

    /**
     * The current version of a tenant's dataset.
     *
     * @throws ProblemException {@code unknown_dataset}, also where only another tenant has one of that name
     */
    public Dataset require(UUID tenant, String name) {
        return stored(tenant, name).dataset();
    }

    Stored stored(UUID tenant, String name) {
        return store.current(tenant, name)
                .orElseThrow(() -> new ProblemException(
                        FilterError.UNKNOWN_DATASET, "No dataset of this name has been declared."));
    }

    List<Stored> page(UUID tenant, String after, int limit) {
        return store.page(tenant, after, limit);
    }

    /**
     * Checks a declaration and writes it.
     *
     * @param breaking whether it may break what relies on the present version
     * @throws ProblemException {@code malformed_json}, {@code dataset_invalid} with every fault, or what
     *     {@link Compatibility} says
     */
    Outcome declare(Caller caller, String name, byte[] body, Precondition precondition, boolean breaking) {
        UUID tenant = caller.requireTenant();
        Dataset candidate =
                DATASETS.declaration(StrictBody.parse(body), name, 1).orElseThrow(DatasetRegistry::invalid);
        Findings findings = new Catalogue(router).hold(tenant, caller.subject(), candidate);
        if (!findings.faults().isEmpty()) {
            throw invalid(findings.faults());
        }
        List<Fault> warnings = new ArrayList<>(findings.warnings());
        Optional<Stored> present = store.current(tenant, name);
        // What differs is asked only where the change would be written; what may not be written is said first.
        present.filter(held -> !held.saysSame(candidate) && precondition.allows(versionOf(held)))
                .ifPresent(held -> warnings.addAll(compatibility.admit(caller, held.dataset(), candidate, breaking)));
        OptionalLong admitted = present.map(DatasetRegistry::versionOf).orElseGet(OptionalLong::empty);
        return new Outcome(store.declare(tenant, candidate, caller.subject(), precondition, admitted), warnings);
    }

    /**
     * One version of a dataset and the one before it, if there is one.
     *
     * @throws ProblemException {@code unknown_dataset} or {@code unknown_dataset_version}
     */
    List<DatasetStore.Version> version(UUID tenant, String name, long version) {
        stored(tenant, name);
        List<DatasetStore.Version> found =
                version >= Long.MAX_VALUE ? List.of() : store.versions(tenant, name, version + 1, 2);
        if (found.isEmpty() || found.getFirst().stored().dataset().version() != version) {
            throw new ProblemException(FilterError.UNKNOWN_DATASET_VERSION, "Versions count from 1.");
        }
        return found;
    }

    List<DatasetStore.Version> versions(UUID tenant, String name, long before, int limit) {
        stored(tenant, name);
        return store.versions(tenant, name, before, limit);
    }

    private static OptionalLong versionOf(Stored stored) {
        return OptionalLong.of(stored.dataset().version());
    }

    /**
     * What came of an acceptable declaration.
     *
     * @param warnings the store can run queries on it, but slowly, or not on every row
     */
    record Outcome(Declared declared, List<Fault> warnings) {}

    private static ProblemException invalid(List<Fault> faults) {
        return new ProblemException(
                FilterError.DATASET_INVALID, "The declaration has " + faults.size() + " faults.", faults);
    }
}
