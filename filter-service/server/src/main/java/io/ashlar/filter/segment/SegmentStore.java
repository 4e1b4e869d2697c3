package io.ashlar.filter.segment;

import io.ashlar.filter.dataset.Precondition;
import io.ashlar.filter.dataset.TenantTransaction;
import io.ashlar.filter.dsl.Fault;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Segments in {@code filter.segments}. Blocking; thread-safe. */
@Singleton
final class SegmentStore {

    // One writer of a tenant at a time: two changes that would close a ring together cannot both be taken, and the
    // quota is exact.
    private static final String SERIALISE = """
            SELECT TRUE FROM pg_advisory_xact_lock(hashtextextended('ashlar.filter.segments:' || :tenant, 0))
            """;

    private final TenantTransaction transaction;
    private final SegmentRows rows;
    private final SegmentConfig config;
    private final Clock clock = Clock.systemUTC();

    SegmentStore(TenantTransaction transaction, SegmentRows rows, SegmentConfig config) {
        this.transaction = transaction;
        this.rows = rows;
        this.config = config;
    }

    /** Who writes or reads where. */
    record Scope(UUID tenant, String dataset, String subject) {}

    /** What the rules say of a content, given the segments that can be reached from it. */
    @FunctionalInterface
    interface Check extends Function<Collection<SavedSegment>, List<Fault>> {}

    Optional<SavedSegment> find(Scope scope, UUID id) {
        @Nullable SegmentRow row = transaction.call(
                scope.tenant(), () -> rows.visible(scope.tenant(), scope.dataset(), scope.subject(), id));
        return Optional.ofNullable(row).map(SavedSegment::of);
    }

    List<SavedSegment> page(Scope scope, String afterName, UUID afterId, int limit) {
        return saved(transaction.call(
                scope.tenant(),
                () -> rows.visibleAfter(scope.tenant(), scope.dataset(), scope.subject(), afterName, afterId, limit)));
    }

    /** All that the subject may use of the dataset, up to the tenant's quota. */
    List<SavedSegment> all(Scope scope) {
        int most = Math.toIntExact(Math.min(config.maxPerTenant(), Integer.MAX_VALUE));
        return saved(transaction.call(
                scope.tenant(), () -> rows.visible(scope.tenant(), scope.dataset(), scope.subject(), most)));
    }

    /** These and what stands in them, as far as the subject may use it; one statement. */
    List<SavedSegment> reached(Scope scope, Collection<UUID> ids) {
        return saved(transaction.call(
                scope.tenant(), () -> rows.reached(scope.tenant(), scope.dataset(), scope.subject(), ids)));
    }

    SegmentOutcome create(Scope scope, SegmentContent content, Check check) {
        SegmentId id = new SegmentId(scope.tenant(), scope.dataset(), UUID.randomUUID());
        return serialised(scope, () -> rows.count("id.tenantId", scope.tenant()).chain(count -> {
            if (count >= config.maxPerTenant()) {
                return outcome(new SegmentOutcome.OverQuota(config.maxPerTenant()));
            }
            return checked(scope, content, check, () -> rows.persistAndFlush(
                            new SegmentRow(id, scope.subject(), now(), content))
                    .map(written -> new SegmentOutcome.Written(SavedSegment.of(written))));
        }));
    }

    /** Changes what the subject may use; whether the subject may change it is not asked here. */
    SegmentOutcome change(Scope scope, UUID id, SegmentContent content, Precondition precondition, Check check) {
        return serialised(scope, () -> rows.visible(scope.tenant(), scope.dataset(), scope.subject(), id)
                .chain(row -> row == null
                        ? outcome(new SegmentOutcome.Absent())
                        : change(scope, row, content, precondition, check)));
    }

    private Uni<SegmentOutcome> change(
            Scope scope, SegmentRow row, SegmentContent content, Precondition precondition, Check check) {
        SavedSegment present = SavedSegment.of(row);
        if (present.content().equals(content)) {
            return outcome(
                    precondition.allowsUnchanged(row.version)
                            ? new SegmentOutcome.Written(present)
                            : new SegmentOutcome.Stale());
        }
        if (!precondition.allows(OptionalLong.of(row.version))) {
            return outcome(new SegmentOutcome.Stale());
        }
        Supplier<Uni<SegmentOutcome>> write = () -> checked(scope, content, check, () -> {
            row.change(content, now());
            return rows.flush().map(flushed -> new SegmentOutcome.Written(SavedSegment.of(row)));
        });
        boolean unshared = present.isShared() && content.shared() == Sharing.PRIVATE;
        return unshared ? unlessUsed(scope, row.id.id(), false, write) : write.get();
    }

    /** Deletes what the subject may use; whether the subject may delete it is not asked here. */
    SegmentOutcome delete(Scope scope, UUID id, Precondition precondition) {
        return serialised(scope, () -> rows.visible(scope.tenant(), scope.dataset(), scope.subject(), id)
                .chain(row -> {
                    if (row == null) {
                        return outcome(new SegmentOutcome.Absent());
                    }
                    if (!precondition.allowsUnchanged(row.version)) {
                        return outcome(new SegmentOutcome.Stale());
                    }
                    return unlessUsed(scope, id, true, () -> rows.delete(row)
                            .chain(rows::flush)
                            .map(gone -> new SegmentOutcome.Deleted()));
                }));
    }

    private Uni<SegmentOutcome> checked(
            Scope scope, SegmentContent content, Check check, Supplier<Uni<SegmentOutcome>> write) {
        return rows.reached(scope.tenant(), scope.dataset(), scope.subject(), content.uses())
                .chain(reached -> {
                    List<Fault> faults = check.apply(saved(reached));
                    return faults.isEmpty() ? write.get() : outcome(new SegmentOutcome.Faulty(faults));
                });
    }

    private Uni<SegmentOutcome> unlessUsed(Scope scope, UUID id, boolean own, Supplier<Uni<SegmentOutcome>> write) {
        return rows.users(scope.tenant(), scope.dataset(), scope.subject(), id, own)
                .chain(users -> users.isEmpty() ? write.get() : outcome(new SegmentOutcome.InUse(saved(users))));
    }

    private SegmentOutcome serialised(Scope scope, Supplier<Uni<SegmentOutcome>> work) {
        return transaction.call(scope.tenant(), () -> Panache.getSession()
                .chain(session -> session.createNativeQuery(SERIALISE, Boolean.class)
                        .setParameter("tenant", scope.tenant().toString())
                        .getSingleResult())
                .chain(locked -> work.get()));
    }

    private static Uni<SegmentOutcome> outcome(SegmentOutcome outcome) {
        return Uni.createFrom().item(outcome);
    }

    private static List<SavedSegment> saved(List<SegmentRow> found) {
        return found.stream().map(SavedSegment::of).toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
