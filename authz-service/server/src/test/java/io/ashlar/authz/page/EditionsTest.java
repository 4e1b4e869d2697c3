package io.ashlar.authz.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.authz.problem.ProblemException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EditionsTest {

    @ParameterizedTest
    @CsvSource(
            value = {
                "-, -, 7, true",
                "-, -, -1, true",
                "\"7\", -, 7, true",
                "\"6\"; \"7\", -, 7, true",
                "*, -, 7, true",
                "\"6\", -, 7, false",
                "W/\"7\", -, 7, false",
                "7, -, 7, false",
                "*, -, -1, false",
                "-, *, -1, true",
                "-, *, 7, false"
            },
            nullValues = "-",
            quoteCharacter = '\'')
    void decides(@Nullable String ifMatch, @Nullable String ifNoneMatch, long present, boolean expected) {
        boolean passes = true;
        try {
            Editions.require(
                    ifMatch == null ? null : ifMatch.replace(';', ','),
                    ifNoneMatch,
                    present < 0 ? OptionalLong.empty() : OptionalLong.of(present));
        } catch (ProblemException e) {
            passes = false;
            assertThat(e.problem().code()).isEqualTo("precondition_failed");
        }
        assertThat(passes).isEqualTo(expected);
    }
}
