package io.ashlar.authz.publication;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.ashlar.authz.impact.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's rules for publishing.
 *
 * @param edition counts writes; 0 where nobody has written any
 * @param twoPerson whether the publisher may not be who last edited the draft
 * @param impact whether a draft's impact must be shown before it is published
 * @param impactDatasets on which datasets
 */
public record PolicySettings(
        @JsonIgnore long edition,
        @JsonProperty("two_person") boolean twoPerson,
        Impact impact,
        @JsonProperty("impact_datasets") List<String> impactDatasets) {

    /** Datasets that a tenant may name. */
    static final int DATASETS_MAX = 20;

    private static final PolicySettings MILDEST = new PolicySettings(0, false, Impact.OPTIONAL, List.of());

    public PolicySettings {
        impactDatasets = List.copyOf(impactDatasets);
    }

    /** Whether the impact must be shown. */
    public enum Impact {
        OPTIONAL,
        REQUIRED;

        /** Its name in the database and in requests and answers. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of that name, or null. */
        static @Nullable Impact ofLabel(String label) {
            return Arrays.stream(values())
                    .filter(impact -> impact.label().equals(label))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** The settings in force. */
    public static PolicySettings read(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT edition, two_person, impact, impact_datasets FROM authz.policy_settings WHERE tenant_id = ?
                """)) {
            select.setObject(1, tenant);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new PolicySettings(
                                row.getLong(1),
                                row.getBoolean(2),
                                Impact.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                List.of((String[]) row.getArray(4).getArray()))
                        : MILDEST;
            }
        }
    }

    /** Whether one person may put a change in force without a draft. */
    public boolean allowLiveEdits() {
        return !twoPerson && impact == Impact.OPTIONAL;
    }

    /** What the gate on impacts asks for. */
    public Evidence.Demand demand() {
        return new Evidence.Demand(impact == Impact.REQUIRED, twoPerson, impactDatasets);
    }

    /** Whether nothing but the edition differs. */
    boolean saysTheSame(PolicySettings other) {
        return twoPerson == other.twoPerson && impact == other.impact && impactDatasets.equals(other.impactDatasets);
    }
}
