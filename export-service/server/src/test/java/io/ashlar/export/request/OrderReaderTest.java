package io.ashlar.export.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.router.token.ConsistencyToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderReaderTest {

    private static final UUID TENANT = new UUID(1, 1);

    @Test
    void aWholeRequest() {
        String token = token(TENANT);
        Order order = read("""
                {"source":"flights","filters":[{"field":"delay","op":"gt","value":60}],"sort":{"field":"delay","dir":"desc"},
                 "fields":["origin","delay"],"tz":"America/Denver","format":"csv","priority":"high",
                 "notify":{"webhook":"https://example.org/"},"consistency_token":"%s"}""".formatted(token)).orElseThrow(faults -> new IllegalStateException(faults.toString()));
        assertThat(order.priority()).isEqualTo(Priority.HIGH);
        assertThat(order.query().toString()).startsWith("{\"filters\":[{\"field\":\"delay\"");
        assertThat(order.spec(7).toString())
                .contains("\"notify\":{\"webhook\":\"https://example.org/\",\"attempts\":7}")
                .contains(token);
    }

    @Test
    void theLeastRequest() {
        Order order = read("{\"source\":\"flights\",\"format\":\"csv\"}")
                .orElseThrow(faults -> new IllegalStateException(faults.toString()));
        assertThat(order.priority()).isEqualTo(Priority.STANDARD);
        assertThat(order.spec(7).toString()).isEqualTo("{\"source\":\"flights\",\"query\":{},\"format\":\"csv\"}");
    }

    @Test
    void allFaultsAtOnce() {
        List<Fault> faults = faults("""
                {"sorce":"flights","format":"xlsx","priority":"urgent","notify":"email","consistency_token":"v1.x",
                 "filters":[{"field":"delay","op":"gtt","value":60}],"fields":"origin"}""");
        assertThat(faults)
                .extracting(Fault::pointer)
                .contains(
                        "/sorce",
                        "/source",
                        "/format",
                        "/priority",
                        "/notify",
                        "/consistency_token",
                        "/filters/0/op",
                        "/fields");
        assertThat(faults)
                .filteredOn(fault -> fault.pointer().equals("/sorce"))
                .extracting(Fault::didYouMean)
                .containsExactly("source");
        assertThat(faults)
                .filteredOn(fault -> fault.pointer().equals("/format"))
                .extracting(Fault::allowed)
                .containsExactly(List.of("csv"));
        assertThat(Refusals.of(faults).problem().code()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|malformed_json",
                "[]|invalid_request",
                "null|invalid_request",
                "{\"source\":\"f\",\"source\":\"f\",\"format\":\"csv\"}|malformed_json",
                "{\"source\":\"f\",\"format\":\"csv\"} {}|malformed_json",
                "{\"source\":\"f\",\"format\":\"pdf\"}|unsupported_format",
                "{\"source\":\"f\",\"format\":\"csv\",\"notify\":\"email\"}|unsupported_notification",
                "{\"source\":\"f\",\"format\":\"csv\",\"notify\":{}}|invalid_request",
                "{\"source\":\"f\",\"format\":\"csv\",\"notify\":{\"webhook\":1}}|invalid_request",
                "{\"source\":7,\"format\":\"csv\"}|invalid_request",
                "{\"source\":\"\",\"format\":\"csv\"}|invalid_request",
                "{\"source\":\"f\",\"format\":\"csv\",\"page\":{\"limit\":1}}|invalid_request"
            })
    void theProblemsCode(String body, String code) {
        ProblemException refusal = Refusals.of(faults(body));
        assertThat(refusal.problem().code()).isEqualTo(code);
        assertThat(refusal.problem().errors()).isNotEmpty();
    }

    @Test
    void anotherTenantsTokenIsRefused() {
        assertThat(faults("{\"source\":\"f\",\"format\":\"csv\",\"consistency_token\":\"" + token(new UUID(2, 2))
                        + "\"}"))
                .extracting(Fault::code)
                .containsExactly("tenant_mismatch");
    }

    /** It looks like four bytes to a character, in an order that nobody reads. */
    @Test
    void anEncodingThatIsNoneIsAFault() {
        assertThat(OrderReader.read(new byte[] {0, 0, '{', 0, 0, 0, '}', 0}, TENANT))
                .isInstanceOf(Parsed.Faulty.class);
    }

    @Property(tries = 300)
    void anyBytesAreReadOrRefused(@ForAll byte[] body) {
        assertThat(OrderReader.read(body, TENANT)).isNotNull();
    }

    private static String token(UUID tenant) {
        return ConsistencyToken.loaded(1, tenant, Map.of("ashlar.telemetry.v1", Map.of(0, 12L)), Instant.EPOCH)
                .text();
    }

    private static Parsed<Order> read(String body) {
        return OrderReader.read(body.getBytes(UTF_8), TENANT);
    }

    private static List<Fault> faults(String body) {
        return switch (read(body)) {
            case Parsed.Ok<Order>(Order order) -> throw new AssertionError("in order: " + order);
            case Parsed.Faulty<Order>(List<Fault> faults) -> faults;
        };
    }
}
