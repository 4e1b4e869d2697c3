package io.ashlar.authz.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.database.Versions;
import io.ashlar.authz.embedded.PolicySnapshot;
import io.ashlar.authz.embedded.SnapshotWriter;
import io.ashlar.authz.journal.Decided;
import io.ashlar.authz.journal.DecisionJournal;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.authz.snapshot.Snapshots;
import io.ashlar.authz.snapshot.TenantSnapshot;
import io.ashlar.cedar.value.EntityFacts;
import io.ashlar.cedar.value.KnownEntity;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.identity.CurrentCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What decides for a tenant, for decision points in other processes. */
@Path("/api/v1/snapshot")
@Tag(name = "decisions")
class SnapshotResource {

    private static final String ACTION = "snapshot.read";
    private static final String OFFSET = "Ashlar-Change-Offset";
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long WAIT_SECONDS_MAX = 10;
    private static final Comparator<KnownEntity> BY_NAME = Comparator.comparing(
                    (KnownEntity entity) -> entity.uid().type())
            .thenComparing(entity -> entity.uid().id());

    private final CurrentCaller current;
    private final Snapshots snapshots;
    private final DecisionJournal journal;
    private final Semaphore places;

    SnapshotResource(CurrentCaller current, Snapshots snapshots, DecisionJournal journal, FeedConfig config) {
        this.current = current;
        this.snapshots = snapshots;
        this.journal = journal;
        this.places = new Semaphore(config.atOnce());
    }

    @GET
    @Authenticated
    @RunOnVirtualThread
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "A tenant's policies and principals at one revision, for a decision point in another process")
    public Response read(@HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch) {
        Caller caller = current.get();
        UUID tenant = caller.requireTenant();
        if (caller.actingService() == null) {
            record(caller, tenant, new Versions(0, 0), false);
            throw new ProblemException(DoorError.FORBIDDEN, "only a service account that acts for a user reads this");
        }
        // Before the snapshot: it holds all that was told up to here.
        long offset = snapshots.offset();
        if (offset < 0) {
            throw new ProblemException(DoorError.UNAVAILABLE, "the change topic has not been joined yet").retryAfter(1);
        }
        TenantSnapshot snapshot = snapshots.get(tenant);
        record(caller, tenant, snapshot.versions(), true);
        PolicySnapshot.Head head = new PolicySnapshot.Head(
                tenant,
                snapshot.versions().revision(),
                snapshot.versions().policyVersion(),
                offset,
                snapshot.ownTypes());
        if (ifNoneMatch != null && matches(ifNoneMatch, head.etag())) {
            return Response.notModified(head.etag().replace("\"", ""))
                    .header(OFFSET, offset)
                    .build();
        }
        StreamingOutput body = out -> sendInTurn(head, snapshot, out);
        return Response.ok(body)
                .header(HttpHeaders.ETAG, head.etag())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(OFFSET, offset)
                .build();
    }

    /** A place is taken here and not before: a caller that has gone never gets to this, and would never give it back. */
    private void sendInTurn(PolicySnapshot.Head head, TenantSnapshot snapshot, OutputStream out) throws IOException {
        try {
            if (!places.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("too many snapshots are being sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        try {
            write(head, snapshot, out);
        } finally {
            places.release();
        }
    }

    private static void write(PolicySnapshot.Head head, TenantSnapshot snapshot, OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
        SnapshotWriter.write(
                head,
                snapshot.sources().iterator(),
                snapshot.principals().all().stream()
                        .sorted(BY_NAME)
                        .map(entity ->
                                new EntityFacts(entity.uid(), entity.attributes(), entity.tags(), entity.parents()))
                        .iterator(),
                buffered);
        buffered.flush();
    }

    private static boolean matches(String ifNoneMatch, String etag) {
        return Arrays.stream(ifNoneMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private void record(Caller caller, UUID tenant, Versions versions, boolean allowed) {
        journal.record(new Decided(
                tenant,
                caller.subject(),
                caller.actingService(),
                ACTION,
                "Tenant",
                tenant.toString(),
                allowed,
                List.of("platform:on-behalf-of"),
                versions,
                JsonNodeFactory.instance.objectNode()));
    }
}
