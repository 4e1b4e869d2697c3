package io.ashlar.authz.policy;

import io.ashlar.authz.policyset.PolicyChange;
import io.ashlar.authz.policyset.PolicySet;
import io.ashlar.authz.policyset.PolicySets;
import io.ashlar.authz.policyset.VersionNote;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a new tenant starts with: ordinary policies that may be replaced, one for each built-in role. Each role is in the next
 * lower one, so each policy names only what its role may besides.
 */
public final class DefaultPolicies {

    private static final SortedMap<String, String> TEXTS = read();

    private static final Map<String, List<String>> EARLIER = Map.of(
            "default-viewer", List.of("""
                permit(
                    principal in Role::"viewer",
                    action in [Action::"dataset.query", Action::"read",
                        Action::"export.create", Action::"export.read", Action::"export.cancel"],
                    resource
                );
                """),
            "default-editor", List.of("""
                permit(
                    principal in Role::"editor",
                    action in [Action::"dataset.declare", Action::"attribute.declare", Action::"telemetry.write",
                        Action::"dead_letter.read", Action::"unmask"],
                    resource
                );
                """, """
                permit(
                    principal in Role::"editor",
                    action in [Action::"dataset.declare", Action::"segment.manage", Action::"attribute.declare", Action::"telemetry.write",
                        Action::"dead_letter.read", Action::"unmask"],
                    resource
                );
                """));

    private DefaultPolicies() {}

    /** By id, as a tenant that is made now has them. */
    public static SortedMap<String, String> texts() {
        return TEXTS;
    }

    /** Forms of a default that tenants were made with before, oldest first. */
    static List<String> earlier(String id) {
        return EARLIER.getOrDefault(id, List.of());
    }

    /** The change that gives a tenant some of them as they are now, whatever it has. */
    public static PolicyChange change(Collection<String> ids) {
        SortedMap<String, Optional<String>> wanted = new TreeMap<>();
        ids.forEach(id -> wanted.put(id, Optional.of(Objects.requireNonNull(TEXTS.get(id), id))));
        return new PolicyChange(wanted, Map.of());
    }

    private static SortedMap<String, String> read() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("default-viewer", """
                permit(
                    principal in Role::"viewer",
                    action in [Action::"dataset.query", Action::"segment.write", Action::"read",
                        Action::"export.create", Action::"export.read", Action::"export.cancel"],
                    resource
                );
                """);
        texts.put("default-editor", """
                permit(
                    principal in Role::"editor",
                    action in [Action::"dataset.declare", Action::"segment.manage", Action::"attribute.declare", Action::"telemetry.write",
                        Action::"dead_letter.read", Action::"unmask", Action::"policy.read", Action::"policy.draft"],
                    resource
                );
                """);
        texts.put("default-publisher", """
                permit(
                    principal in Role::"publisher",
                    action in [Action::"policy.read", Action::"policy.draft", Action::"policy.publish",
                        Action::"policy.rollback", Action::"policy.approve", Action::"dataset.impact"],
                    resource
                );
                """);
        texts.put("default-admin", """
                permit(principal in Role::"admin", action, resource);
                """);
        // RFC 8176: more than one factor, or a key in hardware. What puts policies in force, and would undo this one.
        texts.put("default-mfa", """
                forbid(
                    principal,
                    action in [Action::"policy.write", Action::"policy.publish", Action::"policy.approve",
                        Action::"policy.rollback", Action::"policy.configure"],
                    resource
                ) unless {
                    context has amr && context.amr.containsAny(["mfa", "hwk"])
                };
                """);
        return Collections.unmodifiableSortedMap(texts);
    }

    /** Writes them at a policy version, in the transaction that creates the tenant. */
    public static void insert(Connection connection, UUID tenant, long version, String actor) throws SQLException {
        PolicySet nothing = new PolicySet(0, new TreeMap<>(), Map.of(), List.of());
        PolicySet defaults = new PolicySet(version, TEXTS, Map.of(), List.of());
        PolicySets.write(
                connection,
                tenant,
                nothing,
                PolicyChange.between(nothing, defaults),
                new VersionNote(version, VersionNote.Kind.CREATED, null, null, null, actor));
    }
}
