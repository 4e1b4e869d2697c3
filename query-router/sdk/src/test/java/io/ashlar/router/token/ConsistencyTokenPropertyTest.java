package io.ashlar.router.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every token and every text. */
class ConsistencyTokenPropertyTest {

    /** Timeline t ended at 40 t, some of them; positions lie around these points. */
    private static final SwitchPoints SWITCHES =
            timeline -> timeline % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(40L * timeline);

    @Property
    void textIsReadBack(@ForAll("wide") ConsistencyToken token) {
        assertThat(token.text()).hasSizeLessThanOrEqualTo(ConsistencyToken.TEXT_LENGTH_MAX);
        assertThat(ConsistencyToken.parse(token.text())).isEqualTo(new ParsedToken.Ok(token));
    }

    @Property
    void mergeIsCommutative(@ForAll("near") ConsistencyToken a, @ForAll("near") ConsistencyToken b) {
        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b, SWITCHES)).isEqualTo(b.merge(a, SWITCHES));
    }

    @Property
    void mergeIsAssociative(
            @ForAll("near") ConsistencyToken a,
            @ForAll("near") ConsistencyToken b,
            @ForAll("near") ConsistencyToken c) {
        assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        assertThat(a.merge(b, SWITCHES).merge(c, SWITCHES)).isEqualTo(a.merge(b.merge(c, SWITCHES), SWITCHES));
    }

    @Property
    void mergeIsIdempotent(@ForAll("near") ConsistencyToken a, @ForAll("near") ConsistencyToken b) {
        assertThat(a.merge(a)).isEqualTo(a);
        ConsistencyToken both = a.merge(b, SWITCHES);
        assertThat(both.merge(b, SWITCHES)).isEqualTo(both);
        assertThat(both.merge(both, SWITCHES)).isEqualTo(both);
    }

    @Property
    void mergeAsksForNoLessThanEither(@ForAll("near") ConsistencyToken a, @ForAll("near") ConsistencyToken b) {
        ConsistencyToken both = a.merge(b);
        for (LogPosition position : a.positions()) {
            assertThat(both.positions())
                    .anyMatch(p -> p.timeline() == position.timeline() && p.lsn() >= position.lsn());
        }
        a.offsets()
                .forEach((topic, partitions) -> partitions.forEach((partition, next) ->
                        assertThat(both.offsets().get(topic).get(partition)).isGreaterThanOrEqualTo(next)));
    }

    @Property
    void noTextThrows(@ForAll String text) {
        assertThat(ConsistencyToken.parse(text)).isNotNull();
        assertThat(ConsistencyToken.parse("v1." + text)).isNotNull();
        assertThat(ConsistencyToken.parse("v1."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .isNotNull();
        assertThat(LogPosition.parseLsn(text)).isNotNull();
    }

    @Property
    void noDamagedTokenThrows(
            @ForAll("wide") ConsistencyToken token, @ForAll int where, @ForAll char by, @ForAll boolean inside) {
        String whole = token.text();
        String json = new String(Base64.getUrlDecoder().decode(whole.substring(3)), StandardCharsets.UTF_8);
        StringBuilder damaged = new StringBuilder(inside ? json : whole);
        damaged.setCharAt(Math.floorMod(where, damaged.length()), by);
        String text = inside
                ? "v1."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(damaged.toString().getBytes(StandardCharsets.UTF_8))
                : damaged.toString();
        assertThat(ConsistencyToken.parse(text)).isNotNull();
    }

    @Property
    void lsnTextIsReadBack(@ForAll long any) {
        long lsn = any & Long.MAX_VALUE;
        assertThat(LogPosition.parseLsn(LogPosition.lsnText(lsn))).hasValue(lsn);
    }

    @Provide
    Arbitrary<ConsistencyToken> wide() {
        Arbitrary<List<LogPosition>> positions = Combinators.combine(
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .as(LogPosition::new)
                .list()
                .uniqueElements(LogPosition::timeline)
                .ofMaxSize(ConsistencyToken.POSITIONS_MAX);
        Arbitrary<String> topic = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars("._-0123456789")
                .ofMinLength(1)
                .ofMaxLength(64);
        Arbitrary<Map<Integer, Long>> partitions = Arbitraries.maps(
                        Arbitraries.integers().between(0, ConsistencyToken.PARTITION_MAX),
                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                .ofMinSize(1)
                .ofMaxSize(ConsistencyToken.PARTITIONS_MAX / ConsistencyToken.TOPICS_MAX);
        return Combinators.combine(
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.create(UUID::randomUUID).injectNull(0.2),
                        positions,
                        Arbitraries.maps(topic, partitions).ofMaxSize(ConsistencyToken.TOPICS_MAX),
                        Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli))
                .as(ConsistencyToken::new);
    }

    /** Few timelines, topics and values, so that merges meet. */
    @Provide
    Arbitrary<ConsistencyToken> near() {
        UUID tenant = new UUID(1, 1);
        Arbitrary<List<LogPosition>> positions = Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.longs().between(0, 200))
                .as(LogPosition::new)
                .list()
                .uniqueElements(LogPosition::timeline)
                .ofMaxSize(4);
        Arbitrary<Map<String, Map<Integer, Long>>> offsets = Arbitraries.maps(
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.maps(
                                        Arbitraries.integers().between(0, 5),
                                        Arbitraries.longs().between(0, 20))
                                .ofMaxSize(4))
                .ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.just(tenant).injectNull(0.3),
                        positions,
                        offsets,
                        Arbitraries.longs().between(0, 50).map(Instant::ofEpochMilli))
                .as(ConsistencyToken::new);
    }
}
