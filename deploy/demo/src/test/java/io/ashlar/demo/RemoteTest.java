package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RemoteTest {

    @Test
    void namesEverythingThatIsMissing() {
        Arguments.Wrong wrong = assertThrows(
                Arguments.Wrong.class,
                () -> Remote.of(Map.of(
                        "SMOKE_AUTHZ_URL", "http://authz",
                        "SMOKE_FILTER_URL", "http://filter",
                        "SMOKE_INGEST_URL", "http://ingest",
                        "SMOKE_ROUTER_URL", " ",
                        "SMOKE_USERS", "{\"ana\":\"a\",\"ed\":\"b\",\"ada\":\"c\",\"bob\":\"d\"}")));

        assertEquals(
                "the environment lacks SMOKE_ROUTER_URL, SMOKE_EXPORT_URL, SMOKE_TOKEN_URL, SMOKE_USERS.bea,"
                        + " SMOKE_USERS.olga",
                wrong.getMessage());
    }
}
