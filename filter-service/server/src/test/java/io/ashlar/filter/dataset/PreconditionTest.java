package io.ashlar.filter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.problem.ProblemException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreconditionTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '\'',
            value = {
                // If-Match, If-None-Match, present version (0: none), may create or change, may answer "unchanged"
                "-, -, 0, true, false",
                "-, -, 3, false, true",
                "*, -, 0, false, false",
                "*, -, 3, true, true",
                "-, *, 0, true, false",
                "-, *, 3, false, false",
                "'\"3\"', -, 3, true, true",
                "'\"2\", \"3\"', -, 3, true, true",
                "'\"2\"', -, 3, false, false",
                "'\"2\"', -, 0, false, false",
                "'W/\"3\"', -, 3, false, false",
                "'\"three\"', -, 3, false, false",
                "'\"99999999999999999999\"', -, 3, false, false"
            })
    void whatAWriterAssumesIsHeldAgainstThePresent(
            String ifMatch, String ifNoneMatch, long present, boolean allowed, boolean unchanged) {
        Precondition precondition = Precondition.of(ifMatch, ifNoneMatch);
        OptionalLong version = present == 0 ? OptionalLong.empty() : OptionalLong.of(present);
        assertThat(precondition.allows(version)).isEqualTo(allowed);
        if (present > 0) {
            assertThat(precondition.allowsUnchanged(present)).isEqualTo(unchanged);
        }
    }

    @Test
    void whatIsMalformedIsRefused() {
        assertThatThrownBy(() -> Precondition.of("3", null)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Precondition.of("W/3", null)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Precondition.of("\"3\",", null)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Precondition.of(null, "\"3\"")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Precondition.of("*", "*")).isInstanceOf(ProblemException.class);
    }
}
