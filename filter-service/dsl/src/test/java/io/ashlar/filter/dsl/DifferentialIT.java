package io.ashlar.filter.dsl;

import io.ashlar.local.Endpoints;
import io.ashlar.local.Stack.Server;
import io.ashlar.local.StackExtension;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The module's main test: PostgreSQL, DuckDB and the interpreter give the same rows for random datasets, rows and
 * queries. The build runs a few; {@code -Dashlar.differential.cases=20000} runs them all.
 */
final class DifferentialIT {

    @RegisterExtension
    static final StackExtension STACK = StackExtension.of(Server.CONTROL);

    @Test
    void postgresAndDuckDbAndTheInterpreterAgree() throws Exception {
        Endpoints endpoints = STACK.endpoints();
        try (JdbcStore postgres = JdbcStore.postgres(DriverManager.getConnection(
                        endpoints.jdbcUrl(Server.CONTROL),
                        Endpoints.SUPERUSER,
                        endpoints.databasePassword(Endpoints.SUPERUSER)));
                JdbcStore duckDb = JdbcStore.duckDb()) {
            int cases = Integer.getInteger("ashlar.differential.cases", 300);
            System.out.println(new Differential(List.of(postgres, duckDb), Pool.WIDE).run(cases));
        }
    }
}
