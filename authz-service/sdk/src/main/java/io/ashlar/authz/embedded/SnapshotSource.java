package io.ashlar.authz.embedded;

import io.ashlar.authz.call.Answer;
import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.cedar.PolicyEngineException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fetches snapshots from authz; one that has not changed is not sent again. Thread-safe; blocks. */
final class SnapshotSource {

    /** Of answers with and without a body: every change before this offset of the change topic is in the snapshot. */
    static final String OFFSET = "Ashlar-Change-Offset";

    private static final String PATH = "/api/v1/snapshot";
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;

    private final ServiceCall authz;
    private final String reader;
    private final long bytesMax;

    /**
     * A source.
     *
     * @param authz with the token of a service account that may act for users
     * @param reader the name under which reading is recorded
     */
    SnapshotSource(ServiceCall authz, String reader, long bytesMax) {
        this.authz = authz;
        this.reader = reader;
        this.bytesMax = bytesMax;
    }

    /**
     * The tenant's present snapshot; empty if there is no such tenant.
     *
     * @throws CallFailedException if authz gives none
     * @throws IOException if what it gives cannot be used
     */
    Optional<Held> fetch(UUID tenant, @Nullable Held known, long nowNanos) throws IOException {
        ServiceCall call = authz.onBehalfOf(new OnBehalfOf(tenant, reader));
        if (known != null) {
            call = call.header("If-None-Match", known.policies().head().etag());
        }
        try {
            Answer<InputStream> answer = call.getStream(PATH);
            try (InputStream body = answer.body()) {
                if (answer.status() == NOT_MODIFIED && known != null) {
                    return Optional.of(known.still(offset(answer), nowNanos));
                }
                PolicySnapshot snapshot = SnapshotReader.read(body, bytesMax);
                if (!snapshot.head().tenant().equals(tenant)) {
                    throw new IOException("the snapshot is another tenant's");
                }
                TenantPolicies policies = TenantPolicies.of(snapshot, known == null ? null : known.policies());
                return Optional.of(new Held(policies, snapshot.head().offset(), nowNanos));
            }
        } catch (CallFailedException e) {
            if (e.status() == NOT_FOUND
                    && e.problem() != null
                    && e.problem().code().equals("tenant_unknown")) {
                return Optional.empty();
            }
            throw e;
        } catch (IllegalArgumentException | PolicyEngineException e) {
            throw new IOException("the snapshot cannot be used: " + e.getMessage(), e);
        }
    }

    private static long offset(Answer<?> answer) throws IOException {
        String text = answer.header(OFFSET).orElse("");
        if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IOException("authz says of no offset that the snapshot still holds there");
        }
        return Long.parseLong(text);
    }
}
