package io.ashlar.filter.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever is done to a seal's text, it opens as what was sealed or not at all. */
final class SealPropertiesTest {

    private static final String SEAL =
            Samples.writer().seal(Samples.page(Samples.position())).text();

    @Property
    void anyAlteredCharacterIsRefused(@ForAll @IntRange(max = 100_000) int at, @ForAll char with) {
        int index = at % SEAL.length();
        Assume.that(SEAL.charAt(index) != with);
        refuse(SEAL.substring(0, index) + with + SEAL.substring(index + 1));
    }

    @Property(tries = 200)
    void anyAlteredLetterOfTheSignatureIsRefused(@ForAll @IntRange(max = 42) int at, @ForAll("letters") char with) {
        int index = SEAL.length() - 1 - at;
        Assume.that(SEAL.charAt(index) != with);
        refuse(SEAL.substring(0, index) + with + SEAL.substring(index + 1));
    }

    @Property(tries = 200)
    void anyCutIsRefused(@ForAll @IntRange(max = 100_000) int at) {
        int index = at % SEAL.length();
        refuse(SEAL.substring(0, index));
        if (index > 0) {
            refuse(SEAL.substring(index));
        }
    }

    @Property(tries = 200)
    void anyAdditionIsRefused(@ForAll char added) {
        refuse(SEAL + added);
        refuse(added + SEAL);
    }

    @Property
    void anyTextIsRefused(@ForAll String text) {
        refuse(text);
    }

    @Property(tries = 200)
    void anyQueryComesOutAsItWasSealed(
            @ForAll("subjects") String subject,
            @ForAll @IntRange(min = 1, max = SealedQuery.LIMIT_MAX) int limit,
            @ForAll @LongRange(min = 0) long policyVersion) {
        SealedQuery base = Samples.page(Samples.position());
        SealedQuery query = new SealedQuery(
                base.tenant(),
                subject,
                base.op(),
                base.dataset(),
                base.filter(),
                base.sort(),
                limit,
                base.position(),
                List.of("id"),
                List.of(),
                null,
                policyVersion,
                base.planHash());
        String text = Samples.writer().seal(query).text();
        assertEquals(
                query,
                assertInstanceOf(Opened.Ok.class, Samples.reader().open(text)).query());
    }

    @Provide
    Arbitrary<Character> letters() {
        return Arbitraries.chars()
                .range('A', 'Z')
                .range('a', 'z')
                .range('0', '9')
                .with('-', '_');
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(200).filter(text -> !text.isBlank());
    }

    private static void refuse(String text) {
        assertInstanceOf(Opened.Refused.class, Samples.reader().open(text));
    }
}
