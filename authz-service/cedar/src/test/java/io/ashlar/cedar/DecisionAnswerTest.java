package io.ashlar.cedar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ashlar.cedar.DecisionAnswer.PolicyError;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecisionAnswerTest {

    @ParameterizedTest
    @CsvSource({
        "true, FORBID, EXACT, true",
        "true, FORBID, STRICT, false",
        "true, PERMIT, STRICT, true",
        "false, FORBID, STRICT, false",
        "false, PERMIT, EXACT, false"
    })
    void strictDeniesWhenAForbidIsBlind(boolean exact, Effect failing, Mode mode, boolean expected) {
        DecisionAnswer answer =
                new DecisionAnswer(exact, List.of(), List.of(new PolicyError("p", failing, "no such attribute")));
        assertEquals(expected, answer.under(mode).allowed());
    }
}
