package io.ashlar.authz.draft;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.policyset.ChangeJson;
import io.ashlar.authz.policyset.PolicyChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A draft in one edition.
 *
 * @param id its name
 * @param edition never used twice in a tenant, not even after the draft is gone
 * @param baseVersion what its author saw in force
 * @param change what shall be different
 * @param reason in its author's words
 * @param changedBy who edited it last
 */
record Draft(
        String id,
        long edition,
        long baseVersion,
        PolicyChange change,
        @Nullable String reason,
        String changedBy,
        Instant changedAt) {

    /** All of it. */
    ObjectNode toJson() {
        ObjectNode node = head();
        node.setAll(ChangeJson.write(change));
        return node;
    }

    /** As it is listed, without its texts. */
    ObjectNode head() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", id);
        node.put("edition", edition);
        node.put("base_version", baseVersion);
        if (reason != null) {
            node.put("reason", reason);
        }
        node.put("changed_by", changedBy);
        node.put("changed_at", changedAt.toString());
        return node;
    }
}
