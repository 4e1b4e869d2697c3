package io.ashlar.authz.draft;

import io.ashlar.authz.client.EntityRef;
import io.ashlar.authz.page.Expected;
import io.ashlar.authz.publication.Publishing;
import io.ashlar.guard.identity.Caller;
import io.ashlar.guard.permission.PermissionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes drafts for whoever may; a draft that says which shared sets hold asks for what saying so alone asks for. Blocks. */
@ApplicationScoped
class DraftPublishing {

    /** What choosing shared sets needs, by whichever way. */
    static final String CHOOSE = "policy.configure";

    private final DraftStore store;
    private final PermissionCheck permissions;
    private final Publishing publishing;

    DraftPublishing(DraftStore store, PermissionCheck permissions, Publishing publishing) {
        this.store = store;
        this.permissions = permissions;
        this.publishing = publishing;
    }

    /** The version that it became. */
    long publish(Caller caller, String id, Expected expected, @Nullable String reason) {
        UUID tenant = caller.requireTenant();
        // If the draft is edited after this it is refused where it says more than this allows.
        boolean mayChoose = !store.find(tenant, id).change().shared().isEmpty()
                && permissions.allowed(caller, CHOOSE, new EntityRef("Tenant", tenant.toString()));
        DraftPublication publication = new DraftPublication(id, caller.subject(), expected, reason, mayChoose);
        return publishing.publish(tenant, caller.subject(), publication).version();
    }
}
