package io.ashlar.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.ingest.event.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuditEventTest {

    private static final UUID TENANT = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final Instant AT = Instant.parse("2001-01-01T10:00:00.123456Z");

    private static AuditEvent sample() {
        return new AuditEvent(
                TENANT,
                "ana",
                "ashlar-filter",
                "read",
                new AuditEvent.Resource("Flight", "1"),
                AuditEvent.Decision.DENY,
                "policy0",
                7,
                12,
                1,
                AT,
                AT,
                "req-1",
                "0123456789abcdef0123456789abcdef",
                AuditEvent.noInputs().put("context", "é"));
    }

    @Test
    void bodyAndHeadersAreFrozen() throws IOException {
        assertThat(new String(sample().write(), StandardCharsets.UTF_8)).isEqualTo(golden("audit.v1.json"));
        StringBuilder headers = new StringBuilder();
        new AuditHeaders("id-1", "/ashlar/filter", TENANT, AT)
                .write()
                .forEach((name, value) -> headers.append(name + ": " + value + "\n"));
        assertThat(headers.toString()).isEqualTo(golden("audit-headers.v1.txt"));
        assertThat(sample().partition()).isEqualTo(Topics.AUDIT.partitionOf(TENANT, "Flight::1"));
    }

    @Test
    void aCountedEventKeepsEveryDigitOfItsInputs() throws IOException {
        String inputs = "{\"context\":{\"sum\":922337203685477.5807}}";
        AuditEvent event = AuditEvent.read(
                golden("audit.v1.json").replace("{\"context\":\"é\"}", inputs).getBytes(StandardCharsets.UTF_8));
        assertThat(event.inputs().toString()).isEqualTo(inputs);
        AuditEvent counted =
                AuditEvent.read(event.counted(3, AT, AT.plusMillis(7)).write());
        assertThat(counted.inputs()).isEqualTo(event.inputs());
        assertThat(counted.count()).isEqualTo(3);
        assertThat(counted.lastAt()).isEqualTo(AT.plusMillis(7));
        assertThat(counted.mergeKey()).isEqualTo(event.mergeKey());
    }

    /** Two events share a key only if they differ in nothing but time and request. */
    @Property
    void noTwoDifferentEventsShareAMergeKey(
            @ForAll("texts") String actor,
            @ForAll("texts") String service,
            @ForAll("texts") String otherActor,
            @ForAll("texts") String otherService) {
        boolean same = actor.equals(otherActor) && service.equals(otherService);
        assertThat(by(actor, service)
                        .mergeKey()
                        .equals(by(otherActor, otherService).mergeKey()))
                .isEqualTo(same);
        assertThat(by(actor, service).mergeKey()).isNotEqualTo(by(actor, null).mergeKey());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("a1:-null").ofMaxLength(5);
    }

    private static AuditEvent by(String actor, @Nullable String service) {
        return new AuditEvent(
                TENANT,
                actor,
                service,
                "read",
                new AuditEvent.Resource("Flight", "1"),
                AuditEvent.Decision.ALLOW,
                "p",
                7,
                12,
                1,
                AT,
                AT,
                null,
                null,
                AuditEvent.noInputs());
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        assertThat(AuditEvent.read(golden("audit.v1.json").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(sample());
        AuditHeaders headers = new AuditHeaders("id-1", "/ashlar/filter", null, AT);
        assertThat(AuditHeaders.read(headers.write())).contains(headers);
        assertThat(AuditHeaders.read(Map.of("ce_id", "1"))).isEmpty();
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatThrownBy(() -> AuditEvent.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> AuditEvent.read("x".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Property(tries = 200)
    void roundTrip(
            @ForAll String actor,
            @ForAll @AlphaChars String action,
            @ForAll boolean allowed,
            @ForAll @LongRange(min = 1) long count,
            @ForAll boolean platform)
            throws IOException {
        String wellFormed = new String(actor.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        AuditEvent event = new AuditEvent(
                platform ? null : TENANT,
                wellFormed,
                null,
                action,
                new AuditEvent.Resource("Tenant", wellFormed),
                allowed ? AuditEvent.Decision.ALLOW : AuditEvent.Decision.DENY,
                "",
                0,
                0,
                count,
                AT,
                AT.plusSeconds(1),
                null,
                null,
                AuditEvent.noInputs());
        assertThat(AuditEvent.read(event.write())).isEqualTo(event);
    }

    private String golden(String name) throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/golden/" + name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
