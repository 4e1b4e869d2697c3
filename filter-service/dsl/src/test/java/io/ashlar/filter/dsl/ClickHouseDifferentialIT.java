package io.ashlar.filter.dsl;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ClickHouse and the interpreter give the same rows, but for the deviations that the README lists. */
final class ClickHouseDifferentialIT {

    private static final String URL = System.getProperty("ashlar.clickhouse.url", "");

    @BeforeEach
    void skipLoudly() {
        if (URL.isEmpty()) {
            System.err.println("SKIPPED: no ClickHouse engine; set -Dashlar.clickhouse.url=http://127.0.0.1:8123");
        }
        Assumptions.assumeFalse(URL.isEmpty(), "no ClickHouse engine");
    }

    @Test
    void clickHouseAndTheInterpreterAgree() throws Exception {
        try (ClickHouseStore clickHouse = new ClickHouseStore(URI.create(URL))) {
            int cases = Integer.getInteger("ashlar.differential.cases", 600);
            System.out.println(new Differential(List.of(clickHouse), Pool.NARROW).run(cases));
        }
    }
}
