package io.ashlar.router.trial;

import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.ServiceCall;
import io.ashlar.filter.dsl.CheckedAggregate;
import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Literal;
import io.ashlar.filter.dsl.Op;
import io.ashlar.filter.dsl.Operand;
import io.ashlar.filter.dsl.QueryReader;
import io.ashlar.filter.dsl.SortKey;
import io.ashlar.filter.dsl.Source;
import io.ashlar.filter.seal.SealKeys;
import io.ashlar.filter.seal.SealWriter;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.local.Stack;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.ashlar.router.client.RouterClient;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A feature team's table in schema {@code app} with its dataset, filter-service's seals over it, and a writer that mints
 * tokens as the house does: {@code pg_current_wal_insert_lsn()} after its commit.
 */
public final class Trial {

    public static final UUID TENANT_A = new UUID(0xA, 0xA);
    public static final UUID TENANT_B = new UUID(0xB, 0xB);
    private static final AtomicLong IDS = new AtomicLong(1);

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS app.parcels (
                tenant_id uuid NOT NULL,
                id bigint NOT NULL,
                label text,
                weight numeric(10, 2),
                ratio double precision,
                sent_at timestamptz,
                due date,
                fragile boolean,
                PRIMARY KEY (tenant_id, id));
            ALTER TABLE app.parcels ENABLE ROW LEVEL SECURITY;
            ALTER TABLE app.parcels FORCE ROW LEVEL SECURITY;
            DROP POLICY IF EXISTS tenant ON app.parcels;
            CREATE POLICY tenant ON app.parcels
                USING (tenant_id = (select nullif(current_setting('ashlar.tenant', true), '')::uuid));
            GRANT SELECT ON app.parcels TO ashlar_router_api;
            CREATE OR REPLACE VIEW app.slow_parcels WITH (security_invoker = true) AS
                SELECT p.*, p.id IS NOT NULL AND pg_sleep(0.4) IS NOT NULL AS slept FROM app.parcels AS p;
            GRANT SELECT ON app.slow_parcels TO ashlar_router_api;
            """;

    private static final String INSERT = """
            INSERT INTO app.parcels (tenant_id, id, label, weight, ratio, sent_at, due, fragile)
            VALUES (?, ?, ?, ?, 0.5, '2001-01-01T10:00:00.123456Z', '2001-02-03', TRUE)""";

    private final SealWriter writer =
            new SealWriter(SealKeys.parse(RouterSettings.SEAL_KEYS), Duration.ofSeconds(60), Clock.systemUTC());
    private final RouterClient client;
    private final ServiceCall call;
    private final String bearer;

    private Trial(URI router) {
        Tokens tokens = Tokens.of(stack().endpoints());
        this.bearer = tokens.service("ashlar-filter");
        this.call = ServiceCall.to("router", router)
                .bearer(() -> bearer)
                .deadline(Duration.ofSeconds(30))
                .build();
        this.client = new RouterClient(call);
    }

    /** Makes the table where there is none, and signs in. */
    public static Trial on(URI router) {
        try (Connection owner = connect(Server.DATA_PRIMARY, "ashlar_app_owner");
                Statement statement = owner.createStatement()) {
            statement.execute(TABLE);
        } catch (SQLException e) {
            throw new IllegalStateException("the trial's table", e);
        }
        return new Trial(router);
    }

    /** Signs in where the table is already, whoever is the primary. */
    public static Trial signIn(URI router) {
        return new Trial(router);
    }

    public static Stack stack() {
        return StackResource.stack();
    }

    public RouterClient client() {
        return client;
    }

    public ServiceCall call() {
        return call;
    }

    public String bearer() {
        return bearer;
    }

    public static Connection connect(Server server, String role) throws SQLException {
        Properties signIn = new Properties();
        signIn.setProperty("user", role);
        signIn.setProperty("password", stack().endpoints().databasePassword(role));
        Connection connection = new Driver().connect(stack().endpoints().jdbcUrl(server), signIn);
        if (connection == null) {
            throw new SQLException("no address of a server: " + server);
        }
        return connection;
    }

    public static long nextId() {
        return IDS.getAndIncrement();
    }

    /** Writes a row and says what a reader must have seen. */
    public static ConsistencyToken write(UUID tenant, long id, @Nullable String label) {
        return write(Server.DATA_PRIMARY, tenant, id, label);
    }

    /** The same on a server that has become the primary. */
    public static ConsistencyToken write(Server primary, UUID tenant, long id, @Nullable String label) {
        try (Connection owner = connect(primary, "ashlar_app_owner")) {
            return write(owner, tenant, id, label);
        } catch (SQLException e) {
            throw new IllegalStateException("writing a parcel", e);
        }
    }

    /** The same on a connection that is kept. */
    public static ConsistencyToken write(Connection owner, UUID tenant, long id, @Nullable String label)
            throws SQLException {
        owner.setAutoCommit(false);
        try (PreparedStatement set = owner.prepareStatement("SELECT set_config('ashlar.tenant', ?, TRUE)");
                PreparedStatement insert = owner.prepareStatement(INSERT)) {
            set.setString(1, tenant.toString());
            set.execute();
            insert.setObject(1, tenant);
            insert.setLong(2, id);
            insert.setString(3, label);
            insert.setBigDecimal(4, new BigDecimal("12.50"));
            insert.executeUpdate();
        }
        owner.commit();
        owner.setAutoCommit(true);
        return ConsistencyToken.at(1, tenant, position(owner), Instant.now());
    }

    /** The end of the log. */
    public static LogPosition position(Connection primary) throws SQLException {
        try (Statement statement = primary.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_current_wal_insert_lsn()::text, pg_walfile_name(pg_current_wal_insert_lsn())")) {
            row.next();
            return new LogPosition(
                    Integer.parseInt(row.getString(2).substring(0, 8), 16),
                    LogPosition.parseLsn(row.getString(1)).orElseThrow());
        }
    }

    public static Dataset parcels() {
        return dataset("parcels", "app.parcels", List.of());
    }

    /** Each row of it takes 0.4 s. */
    public static Dataset slowParcels() {
        return dataset(
                "slow_parcels",
                "app.slow_parcels",
                List.of(new Field("slept", FieldType.BOOL, new Source.Column("slept"))));
    }

    private static Dataset dataset(String name, String relation, List<Field> more) {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("id", FieldType.INT64, new Source.Column("id")).notNull(),
                new Field("label", FieldType.STRING, new Source.Column("label")),
                new Field("weight", FieldType.DECIMAL, new Source.Column("weight")),
                new Field("ratio", FieldType.DOUBLE, new Source.Column("ratio")),
                new Field("sent_at", FieldType.TIMESTAMP, new Source.Column("sent_at")),
                new Field("due", FieldType.DATE, new Source.Column("due")),
                new Field("fragile", FieldType.BOOL, new Source.Column("fragile"))));
        fields.addAll(more);
        return new Dataset(name, 1, relation, "tenant_id", List.of("id"), "Parcel", null, fields);
    }

    /** One row by its id. */
    public SealedQuery byId(UUID tenant, long id) {
        return query(tenant, SealedQuery.Operation.PAGE, parcels(), idIs(id), 10, List.of("id", "label"));
    }

    public static Filter idIs(long id) {
        return new Filter.Condition("id", Op.EQ, new Operand.One(new Literal.Number(BigDecimal.valueOf(id))), false);
    }

    public static Filter labelIs(String label) {
        return new Filter.Condition("label", Op.EQ, new Operand.One(new Literal.Text(label)), false);
    }

    public static SealedQuery query(
            UUID tenant,
            SealedQuery.Operation operation,
            Dataset dataset,
            Filter filter,
            int limit,
            List<String> fields) {
        return query(tenant, operation, dataset, filter, limit, fields, null);
    }

    public static SealedQuery query(
            UUID tenant,
            SealedQuery.Operation operation,
            Dataset dataset,
            Filter filter,
            int limit,
            List<String> fields,
            @Nullable List<@Nullable Literal> position) {
        return new SealedQuery(
                tenant,
                "user-1",
                operation,
                dataset,
                filter,
                List.of(new SortKey("id", SortKey.Direction.ASC)),
                limit,
                position,
                fields,
                List.of(),
                null,
                1,
                "sha256:00");
    }

    /** Groups as a client asks for them, of the rows that {@code filter} leaves. */
    public static SealedQuery groups(
            UUID tenant, Dataset dataset, Filter filter, String query, @Nullable List<@Nullable Literal> position) {
        Set<String> names = dataset.fields().stream().map(Field::name).collect(Collectors.toSet());
        CheckedAggregate aggregate = new QueryReader()
                .read(query.getBytes(StandardCharsets.UTF_8))
                .then(read -> new Checker().checkAggregate(read, dataset, names))
                .orElseThrow(faults -> new IllegalArgumentException(faults.toString()))
                .and(filter);
        return SealedQuery.aggregate(tenant, "user-1", dataset, aggregate, position, List.of(), null, 1, "sha256:00");
    }

    public String seal(SealedQuery query) {
        return writer.seal(query).text();
    }

    public static Consistency strong() {
        return new Consistency(Consistency.Level.STRONG, null, null);
    }

    public static Consistency session(ConsistencyToken token) {
        return new Consistency(Consistency.Level.SESSION, null, token.text());
    }

    public static Consistency within(Duration staleness) {
        return new Consistency(Consistency.Level.EVENTUAL, staleness, null);
    }

    /** An offsets token. */
    public static ConsistencyToken loaded(UUID tenant, long next) {
        return ConsistencyToken.loaded(1, tenant, Map.of("ashlar.telemetry.v1", Map.of(0, next)), Instant.now());
    }
}
