package io.ashlar.ingest.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack;
import io.ashlar.local.StackResource;
import io.ashlar.local.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests with real tokens, and a look into the tables as the superuser. */
public final class Api {

    /** Tenant of Ed and Ana. */
    public static final UUID TENANT_A = UUID.fromString("11111111-1111-4111-8111-111111111111");

    /** Tenant of Bea. */
    public static final UUID TENANT_B = UUID.fromString("22222222-2222-4222-8222-222222222222");

    /** For what happens by itself: a cold loader joins its group first, on a machine that may be busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private Api() {}

    public static Tokens tokens() {
        return Tokens.of(StackResource.stack().endpoints());
    }

    public static RequestSpecification as(String user) {
        return given().header("Authorization", "Bearer " + tokens().user(user));
    }

    /** Declares an attribute for the user's tenant. */
    public static void declare(String user, String name, String kind) {
        as(user).contentType("application/json")
                .body(Map.of("kind", kind, "hot", true))
                .put("/api/v1/attributes/" + name)
                .then()
                .statusCode(oneOf(200, 201));
    }

    /** Posts a JSON batch. */
    public static Response send(String user, @Nullable String key, String body) {
        RequestSpecification request = as(user).contentType("application/json").body(body);
        return (key == null ? request : request.header("Idempotency-Key", key)).post("/api/v1/telemetry");
    }

    /** A key nobody else has. */
    public static String key() {
        return UUID.randomUUID().toString();
    }

    /** Waits until everything the tenant sent is loaded, and checks the sum. */
    public static void awaitLoaded(String user) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var json = as(user).get("/api/v1/reconciliation")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(json.getLong("in_flight")).isZero();
            assertThat(json.getLong("accepted")).isEqualTo(json.getLong("stored") + json.getLong("dead"));
        });
    }

    /** One value from the database, seen by nobody's policy. */
    public static long count(String sql, Object... binds) throws SQLException {
        return one(StackResource.stack(), sql, binds, row -> row.getLong(1));
    }

    /** One text from the database. */
    public static String text(String sql, Object... binds) throws SQLException {
        return one(StackResource.stack(), sql, binds, row -> String.valueOf(row.getString(1)));
    }

    /** Reads the first row. */
    public static <T> T one(Stack stack, String sql, Object[] binds, Column<T> column) throws SQLException {
        try (Connection connection = superuser(stack);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < binds.length; i++) {
                statement.setObject(i + 1, binds[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).as("a row of %s", sql).isTrue();
                return column.of(row);
            }
        }
    }

    /** A connection that no policy binds. */
    public static Connection superuser(Stack stack) throws SQLException {
        return DriverManager.getConnection(
                stack.endpoints().jdbcUrl(Stack.Server.DATA_PRIMARY),
                Endpoints.SUPERUSER,
                stack.endpoints().databasePassword(Endpoints.SUPERUSER));
    }

    /** A column of a row. */
    @FunctionalInterface
    public interface Column<T> {
        T of(ResultSet row) throws SQLException;
    }
}
