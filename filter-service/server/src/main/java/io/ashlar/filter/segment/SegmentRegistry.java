package io.ashlar.filter.segment;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.FilterError;
import io.ashlar.filter.dataset.DatasetRegistry;
import io.ashlar.filter.dataset.Precondition;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.peer.Planner;
import io.ashlar.filter.segment.SegmentStore.Check;
import io.ashlar.filter.segment.SegmentStore.Scope;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.permission.PermissionCheck;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds segments, and takes changes from who may make them. Blocking: asks authz and the database. Thread-safe. */
@Singleton
final class SegmentRegistry {

    private static final String MANAGE = "segment.manage";

    private final SegmentStore store;
    private final DatasetRegistry datasets;
    private final Planner planner;
    private final PermissionCheck permissions;

    SegmentRegistry(SegmentStore store, DatasetRegistry datasets, Planner planner, PermissionCheck permissions) {
        this.store = store;
        this.datasets = datasets;
        this.planner = planner;
        this.permissions = permissions;
    }

    /**
     * A segment that the caller may use.
     *
     * @throws ProblemException {@code unknown_segment}
     */
    SavedSegment require(Caller caller, String dataset, String id) {
        UUID wanted = SegmentContent.id(id);
        if (wanted == null) {
            throw unknown();
        }
        return store.find(scope(caller, dataset), wanted).orElseThrow(SegmentRegistry::unknown);
    }

    /** Those that the caller may use, by name and id, after these. */
    List<SavedSegment> page(Caller caller, String dataset, String afterName, UUID afterId, int limit) {
        datasets.require(caller.requireTenant(), dataset);
        return store.page(scope(caller, dataset), afterName, afterId, limit);
    }

    SavedSegment create(Caller caller, String dataset, byte[] body) {
        Dataset over = datasets.require(caller.requireTenant(), dataset);
        SegmentContent content = SegmentRequest.read(body).orElseThrow();
        return written(store.create(scope(caller, dataset), content, check(caller, over, null, content)));
    }

    SavedSegment change(Caller caller, String dataset, String id, byte[] body, Precondition precondition) {
        SavedSegment present = editable(caller, dataset, id);
        Dataset over = datasets.require(caller.requireTenant(), dataset);
        SegmentContent content = SegmentRequest.read(body).orElseThrow();
        return written(store.change(
                scope(caller, dataset),
                present.id(),
                content,
                precondition,
                check(caller, over, present.id(), content)));
    }

    void delete(Caller caller, String dataset, String id, Precondition precondition) {
        SavedSegment present = editable(caller, dataset, id);
        SegmentOutcome outcome = store.delete(scope(caller, dataset), present.id(), precondition);
        if (!(outcome instanceof SegmentOutcome.Deleted)) {
            throw refused(outcome);
        }
    }

    /** The owner never changes, so that what is found here still holds when the change is made. */
    private SavedSegment editable(Caller caller, String dataset, String id) {
        SavedSegment present = require(caller, dataset, id);
        boolean owner = present.owner().equals(caller.subject());
        if (!owner && !permissions.allowed(caller, MANAGE, new EntityRef("Dataset", dataset))) {
            throw new ProblemException(
                    DoorError.FORBIDDEN, "Only its owner, or who may " + MANAGE + ", changes a segment.");
        }
        return present;
    }

    private Check check(Caller caller, Dataset dataset, @Nullable UUID id, SegmentContent content) {
        Set<String> visible = Planner.visible(dataset, planner.plan(caller.requireTenant(), caller.subject(), dataset));
        return known -> SegmentRules.of(id, content, dataset, visible, known).faults();
    }

    private static Scope scope(Caller caller, String dataset) {
        return new Scope(caller.requireTenant(), dataset, caller.subject());
    }

    private static SavedSegment written(SegmentOutcome outcome) {
        if (outcome instanceof SegmentOutcome.Written(SavedSegment segment)) {
            return segment;
        }
        throw refused(outcome);
    }

    private static ProblemException refused(SegmentOutcome outcome) {
        return switch (outcome) {
            case SegmentOutcome.Absent() -> unknown();
            case SegmentOutcome.Stale() ->
                new ProblemException(
                        DoorError.PRECONDITION_FAILED,
                        "The segment is not as the precondition says; read it, and send its ETag as If-Match.");
            case SegmentOutcome.OverQuota(long limit) ->
                new ProblemException(
                        FilterError.SEGMENT_QUOTA,
                        "A tenant may have " + limit + " segments (segments.max-per-tenant).");
            case SegmentOutcome.Faulty(List<Fault> faults) -> SegmentRequest.invalid(faults);
            case SegmentOutcome.InUse(List<SavedSegment> users) ->
                new ProblemException(
                        FilterError.SEGMENT_IN_USE,
                        "Other segments speak of it; change them first.",
                        users.stream().map(SegmentRegistry::user).toList());
            case SegmentOutcome.Written written -> throw new IllegalStateException("written is not refused");
            case SegmentOutcome.Deleted() -> throw new IllegalStateException("deleted is not refused");
        };
    }

    private static Fault user(SavedSegment user) {
        return new Fault(
                "used_by_segment", "", user.content().name() + " (" + user.id() + ", of " + user.owner() + ")");
    }

    private static ProblemException unknown() {
        return new ProblemException(FilterError.UNKNOWN_SEGMENT, "No segment of this id is yours or shared with you.");
    }
}
