package io.ashlar.authz.policy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What a new tenant starts with: ordinary policies that may be replaced. */
public final class DefaultPolicies {

    private static final Map<String, String> TEXTS = texts();

    private DefaultPolicies() {}

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
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
                        Action::"dead_letter.read", Action::"unmask"],
                    resource
                );
                """);
        texts.put("default-admin", """
                permit(principal in Role::"admin", action, resource);
                """);
        return texts;
    }

    /** Writes them at a policy version, in the transaction that creates the tenant. */
    public static void insert(Connection connection, UUID tenant, long version, String actor) throws SQLException {
        for (Map.Entry<String, String> policy : TEXTS.entrySet()) {
            PolicyStore.insert(connection, tenant, policy.getKey(), version, policy.getValue(), false, actor);
        }
    }
}
