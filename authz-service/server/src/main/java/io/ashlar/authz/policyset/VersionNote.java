package io.ashlar.authz.policyset;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a version is.
 *
 * @param version its number
 * @param kind how it came to be
 * @param source the draft, the version that was gone back to, or the shared set; null where there is none
 * @param reason in its maker's words
 * @param draftedBy who last edited the draft
 * @param publishedBy who put it in force
 * @param impact what was shown and approved of its impact, a JSON object; null where nothing was asked for
 */
public record VersionNote(
        long version,
        Kind kind,
        @Nullable String source,
        @Nullable String reason,
        @Nullable String draftedBy,
        String publishedBy,
        @Nullable String impact) {

    /** A version that came without an impact. */
    public VersionNote(
            long version,
            Kind kind,
            @Nullable String source,
            @Nullable String reason,
            @Nullable String draftedBy,
            String publishedBy) {
        this(version, kind, source, reason, draftedBy, publishedBy, null);
    }

    /** How versions come to be. */
    public enum Kind {
        CREATED,
        EDIT,
        PUBLISH,
        ROLLBACK,
        SHARED;

        /** Its name in the database and in answers. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Writes it, in the transaction that makes the version. */
    public void insert(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO authz.policy_versions
                    (tenant_id, version, kind, source, reason, drafted_by, published_by, impact)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """)) {
            insert.setObject(1, tenant);
            insert.setLong(2, version);
            insert.setString(3, kind.label());
            insert.setString(4, source);
            insert.setString(5, reason);
            insert.setString(6, draftedBy);
            insert.setString(7, publishedBy);
            insert.setString(8, impact);
            insert.executeUpdate();
        }
    }
}
