package io.ashlar.ingest.attribute;

import io.agroal.api.AgroalDataSource;
import io.ashlar.guard.tenant.TenantConnection;
import io.ashlar.ingest.event.AttributeKind;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table of attributes, as its tenant sees it. */
@ApplicationScoped
class AttributeStore {

    /** What became of a declaration. */
    sealed interface Declared {
        record Made(DeclaredAttribute attribute) implements Declared {}

        record Kept(DeclaredAttribute attribute) implements Declared {}

        record OtherKind(DeclaredAttribute attribute) implements Declared {}

        record Stale() implements Declared {}

        record TooMany() implements Declared {}
    }

    private static final String COLUMNS = "attribute_id, name, kind, hot, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO ingest.attributes (tenant_id, name, kind, hot)
            SELECT ?, ?, ?, ?
            WHERE (SELECT count(*) FROM ingest.attributes WHERE tenant_id = ?) < ?
            ON CONFLICT (tenant_id, name) DO NOTHING
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String FIND = """
            SELECT %s
            FROM ingest.attributes
            WHERE tenant_id = ? AND name = ?
            FOR UPDATE
            """.formatted(COLUMNS);

    private static final String HEAT = """
            UPDATE ingest.attributes
            SET hot = ?, updated_at = clock_timestamp()
            WHERE tenant_id = ? AND name = ?
            RETURNING %s
            """.formatted(COLUMNS);

    private static final String PAGE = """
            SELECT %s
            FROM ingest.attributes
            WHERE tenant_id = ? AND name > ?
            ORDER BY name
            LIMIT ?
            """.formatted(COLUMNS);

    private final AgroalDataSource api;
    private final TenantConnection tenants;
    private final AttributeConfig config;

    AttributeStore(@DataSource("api") AgroalDataSource api, TenantConnection tenants, AttributeConfig config) {
        this.api = api;
        this.tenants = tenants;
        this.config = config;
    }

    /**
     * Declares, or changes {@code hot} of what is declared.
     *
     * @param version if given, the version that is to be changed
     */
    Declared declare(UUID tenant, String name, AttributeKind kind, boolean hot, @Nullable Instant version) {
        return tenants.call(api, tenant, connection -> {
            if (version == null) {
                Optional<DeclaredAttribute> made = insert(connection, tenant, name, kind, hot);
                if (made.isPresent()) {
                    return new Declared.Made(made.get());
                }
            }
            Optional<DeclaredAttribute> found = find(connection, tenant, name);
            if (found.isEmpty()) {
                return version == null ? new Declared.TooMany() : new Declared.Stale();
            }
            DeclaredAttribute there = found.get();
            if (version != null && !there.updatedAt().equals(version)) {
                return new Declared.Stale();
            }
            if (there.kind() != kind) {
                return new Declared.OtherKind(there);
            }
            return new Declared.Kept(there.hot() == hot ? there : heat(connection, tenant, name, hot));
        });
    }

    /** At most {@code limit} attributes whose names come after {@code after}. */
    List<DeclaredAttribute> page(UUID tenant, String after, int limit) {
        return tenants.call(api, tenant, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setObject(1, tenant);
                statement.setString(2, after);
                statement.setInt(3, limit);
                return read(statement);
            }
        });
    }

    private Optional<DeclaredAttribute> insert(
            Connection connection, UUID tenant, String name, AttributeKind kind, boolean hot) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, tenant);
            statement.setString(2, name);
            statement.setString(3, kind.wire());
            statement.setBoolean(4, hot);
            statement.setObject(5, tenant);
            statement.setInt(6, config.perTenant());
            return read(statement).stream().findFirst();
        }
    }

    private static Optional<DeclaredAttribute> find(Connection connection, UUID tenant, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, tenant);
            statement.setString(2, name);
            return read(statement).stream().findFirst();
        }
    }

    private static DeclaredAttribute heat(Connection connection, UUID tenant, String name, boolean hot)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HEAT)) {
            statement.setBoolean(1, hot);
            statement.setObject(2, tenant);
            statement.setString(3, name);
            return read(statement).getFirst();
        }
    }

    private static List<DeclaredAttribute> read(PreparedStatement statement) throws SQLException {
        List<DeclaredAttribute> attributes = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                AttributeKind kind = AttributeKind.ofWire(row.getString(3))
                        .orElseThrow(() -> new SQLException("a kind that this version does not know"));
                attributes.add(new DeclaredAttribute(
                        row.getInt(1),
                        row.getString(2),
                        kind,
                        row.getBoolean(4),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getObject(6, OffsetDateTime.class).toInstant()));
            }
        }
        return attributes;
    }
}
