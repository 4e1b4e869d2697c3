package io.ashlar.filter.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ashlar.authz.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentRequestTest {

    @Test
    void whatIsLeftOutIsPrivateAndUndescribed() {
        SegmentContent content = read("{\"name\":\"n\",\"filter\":{}}").orElseThrow();
        assertThat(content.shared()).isEqualTo(Sharing.PRIVATE);
        assertThat(content.description()).isEmpty();
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(pointers("""
                {"name": 7, "colour": 1, "shared": "world", "description": false,
                 "filter": {"and": [{"field": "a", "op": "near", "value": 1}, {"feld": 1}]}}
                """))
                .contains("/name", "/colour", "/shared", "/description", "/filter/and/0/op", "/filter/and/1/feld");
        assertThat(pointers("{}")).containsExactly("", "");
        assertThat(pointers("[]")).containsExactly("");
        assertThat(pointers("{\"name\":\"n\",\"filter\":[]}")).containsExactly("/filter");
    }

    @ParameterizedTest
    @CsvSource({"' '", "'a\\u0000b'", "'\\ud800'", "''"})
    void aNameThatCannotBeStoredOrReadIsRefused(String name) {
        assertThat(pointers("{\"name\":\"" + name + "\",\"filter\":{}}")).containsExactly("/name");
    }

    @Test
    void lengthsAreCountedInCharactersThatPeopleType() {
        assertThat(pointers("{\"filter\":{},\"name\":\"" + "😀".repeat(128) + "\"}"))
                .isEmpty();
        assertThat(pointers("{\"filter\":{},\"name\":\"" + "a".repeat(129) + "\"}"))
                .containsExactly("/name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}", "nope"})
    void whatIsNoJsonIsSaidSo(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(
                        problem.problem().code())
                .isEqualTo("malformed_json"));
    }

    private static List<String> pointers(String body) {
        return read(body).faults().stream().map(fault -> fault.pointer()).toList();
    }

    private static SegmentRequest read(String body) {
        return SegmentRequest.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
