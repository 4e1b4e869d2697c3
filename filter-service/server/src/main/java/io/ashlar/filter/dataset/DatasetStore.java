package io.ashlar.filter.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.DatasetJson;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Versions of datasets in {@code filter.datasets} and {@code filter.dataset_versions}. Blocking; thread-safe. */
@Singleton
final class DatasetStore {

    // One declaration of a tenant at a time: makes "create if absent", the version's increment and the quota exact.
    private static final String SERIALISE = """
            SELECT TRUE FROM pg_advisory_xact_lock(hashtextextended('ashlar.filter.datasets:' || :tenant, 0))
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DatasetJson DATASETS = new DatasetJson();

    private final TenantTransaction transaction;
    private final DatasetHeads heads;
    private final DatasetVersions versions;
    private final DatasetConfig config;
    private final Clock clock = Clock.systemUTC();

    DatasetStore(TenantTransaction transaction, DatasetHeads heads, DatasetVersions versions, DatasetConfig config) {
        this.transaction = transaction;
        this.heads = heads;
        this.versions = versions;
        this.config = config;
    }

    Optional<Stored> current(UUID tenant, String name) {
        @Nullable DatasetVersion row = transaction.call(tenant, () -> versions.current(tenant, name));
        return Optional.ofNullable(row).map(DatasetStore::stored);
    }

    /** Current versions by name, from the first name after {@code after} (empty: from the start). */
    List<Stored> page(UUID tenant, String after, int limit) {
        return transaction.call(tenant, () -> versions.currentAfter(tenant, after, limit)).stream()
                .map(DatasetStore::stored)
                .toList();
    }

    /** Versions before this one, the latest first. */
    List<Version> versions(UUID tenant, String name, long before, int limit) {
        return transaction.call(tenant, () -> versions.before(tenant, name, before, limit)).stream()
                .map(row -> new Version(stored(row), row.declaredBy))
                .toList();
    }

    /** A version and who declared it. */
    record Version(Stored stored, String declaredBy) {}

    /**
     * Writes the candidate as the next version, whatever version it carries.
     *
     * @param admitted the version that it was found to be able to follow; stale if another one is present
     */
    Declared declare(UUID tenant, Dataset candidate, String subject, Precondition precondition, OptionalLong admitted) {
        return transaction.call(tenant, () -> Panache.getSession()
                .chain(session -> session.createNativeQuery(SERIALISE, Boolean.class)
                        .setParameter("tenant", tenant.toString())
                        .getSingleResult())
                .chain(locked -> versions.current(tenant, candidate.name()))
                .chain(present -> present == null
                        ? create(tenant, candidate, subject, precondition)
                        : change(present, candidate, subject, precondition, admitted)));
    }

    private Uni<Declared> create(UUID tenant, Dataset candidate, String subject, Precondition precondition) {
        if (!precondition.allows(OptionalLong.empty())) {
            return Uni.createFrom().item(new Declared.Stale());
        }
        long limit = config.maxPerTenant();
        return heads.count("id.tenantId", tenant).chain(count -> {
            if (count >= limit) {
                return Uni.createFrom().item(new Declared.OverQuota(limit));
            }
            Instant now = now();
            DatasetHead head = new DatasetHead(new DatasetId(tenant, candidate.name()), 1, now);
            DatasetVersion row = row(tenant, Stored.withVersion(candidate, 1), subject, now);
            return heads.persistAndFlush(head)
                    .chain(() -> versions.persistAndFlush(row))
                    .map(written -> new Declared.Created(stored(written)));
        });
    }

    private Uni<Declared> change(
            DatasetVersion present,
            Dataset candidate,
            String subject,
            Precondition precondition,
            OptionalLong admitted) {
        long version = present.id.version();
        Stored held = stored(present);
        if (held.saysSame(candidate)) {
            return Uni.createFrom()
                    .item(precondition.allowsUnchanged(version) ? new Declared.Unchanged(held) : new Declared.Stale());
        }
        if (!precondition.allows(OptionalLong.of(version)) || !admitted.equals(OptionalLong.of(version))) {
            return Uni.createFrom().item(new Declared.Stale());
        }
        UUID tenant = present.id.tenantId();
        Instant now = now();
        DatasetVersion row = row(tenant, Stored.withVersion(candidate, version + 1), subject, now);
        return heads.findById(new DatasetId(tenant, candidate.name()))
                .invoke(head -> {
                    head.version = version + 1;
                    head.declaredAt = now;
                })
                .chain(() -> versions.persistAndFlush(row))
                .map(written -> new Declared.Changed(stored(written)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static DatasetVersion row(UUID tenant, Dataset dataset, String subject, Instant now) {
        return new DatasetVersion(
                new DatasetVersionId(tenant, dataset.name(), dataset.version()),
                DATASETS.write(dataset).toString(),
                subject,
                now);
    }

    private static Stored stored(DatasetVersion row) {
        try {
            Dataset dataset = DATASETS.read(JSON.readTree(row.declaration))
                    .orElseThrow(faults -> new IllegalStateException("dataset " + row.id.name() + " version "
                            + row.id.version() + " cannot be read: " + faults));
            return new Stored(dataset, row.declaredAt);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("dataset " + row.id.name() + " is no JSON", broken);
        }
    }
}
