package io.ashlar.filter.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.Literal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

final class CursorPropertyTest {

    private static final CursorBinding BINDING = new CursorBinding(new UUID(1, 2), "flights", 3, "sha256:00");

    private final CursorCodec codec = CursorCodecTest.codec("k1:" + CursorCodecTest.key(1));

    @Property
    void whatIsSealedIsOpened(
            @ForAll("positions") List<@Nullable Literal> position, @ForAll("tokens") @Nullable String token) {
        CursorState state = new CursorState(position, token, Instant.ofEpochSecond(4_000_000_000L));
        assertThat(codec.open(codec.seal(state, BINDING), BINDING)).isEqualTo(new Opened.Ok(state));
    }

    @Property(tries = 2000)
    void nothingElseIsOpenedAndNothingThrows(@ForAll String text) {
        assertThat(codec.open(text, BINDING)).isInstanceOf(Opened.Invalid.class);
        assertThat(codec.open("v1.k1." + text, BINDING)).isInstanceOf(Opened.Invalid.class);
    }

    @Provide
    Arbitrary<List<@Nullable Literal>> positions() {
        Arbitrary<Literal> literals = Arbitraries.oneOf(
                Arbitraries.strings()
                        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                        .map(Literal::of),
                Arbitraries.longs().map(Literal::of),
                Arbitraries.doubles().map(value -> Literal.of(new BigDecimal(Double.toString(value)))),
                Arbitraries.of(true, false).map(Literal::of));
        return literals.injectNull(0.2).list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<@Nullable String> tokens() {
        return Arbitraries.strings().alpha().injectNull(0.3);
    }
}
