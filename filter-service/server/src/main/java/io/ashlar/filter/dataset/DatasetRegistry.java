package io.ashlar.filter.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dataset.CatalogueCheck.Findings;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.DatasetJson;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.peer.SealedCalls;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What may be queried: finds datasets, and takes declarations after holding them against the store. Blocking. */
@Singleton
public final class DatasetRegistry {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final DatasetJson DATASETS = new DatasetJson();

    private final DatasetStore store;
    private final SealedCalls router;

    DatasetRegistry(DatasetStore store, SealedCalls router) {
        this.store = store;
        this.router = router;
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
     * @throws ProblemException {@code malformed_json}, or {@code dataset_invalid} with every fault
     */
    Outcome declare(UUID tenant, String subject, String name, byte[] body, Precondition precondition) {
        Dataset candidate = DATASETS.declaration(parse(body), name, 1).orElseThrow(DatasetRegistry::invalid);
        List<Fault> faults = new ArrayList<>(CatalogueCheck.ambiguities(candidate));
        Optional<Findings> findings =
                router.describe(tenant, subject, candidate).map(catalogue -> CatalogueCheck.of(candidate, catalogue));
        if (findings.isPresent()) {
            faults.addAll(findings.get().faults());
        } else {
            faults.add(new Fault(
                    "unknown_relation", "/relation", "The store has no such relation, or it may not be read."));
        }
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        List<Fault> warnings = findings.map(Findings::warnings).orElse(List.of());
        return new Outcome(store.declare(tenant, candidate, subject, precondition), warnings);
    }

    /**
     * What came of an acceptable declaration.
     *
     * @param warnings the store can run queries on it, but slowly, or not on every row
     */
    record Outcome(Declared declared, List<Fault> warnings) {}

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException malformed) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON,
                    "The declaration is not JSON.",
                    List.of(new Fault(
                            "malformed_json",
                            "",
                            "Line " + malformed.getLocation().getLineNr() + ", column "
                                    + malformed.getLocation().getColumnNr()
                                    + ": not JSON, or a key that is there twice.")));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory", impossible);
        }
    }

    private static ProblemException invalid(List<Fault> faults) {
        return new ProblemException(
                FilterError.DATASET_INVALID, "The declaration has " + faults.size() + " faults.", faults);
    }
}
