package io.ashlar.authz.publication;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A tenant's rules for publishing.
 *
 * @param edition counts writes; 0 where nobody has written any
 * @param twoPerson whether the publisher may not be who last edited the draft
 */
public record PolicySettings(
        @JsonIgnore long edition,
        @JsonProperty("two_person") boolean twoPerson) {

    /** The settings in force. */
    public static PolicySettings read(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT edition, two_person FROM authz.policy_settings WHERE tenant_id = ?
                """)) {
            select.setObject(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new PolicySettings(row.getLong(1), row.getBoolean(2))
                        : new PolicySettings(0, false);
            }
        }
    }

    /** Whether one person may put a change in force without a draft. */
    public boolean allowLiveEdits() {
        return !twoPerson;
    }
}
