package io.ashlar.filter.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.Checker;
import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Parsed;
import io.ashlar.filter.dsl.QueryReader;
import io.ashlar.filter.dsl.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelectionTest {

    private static final Dataset DATASET = new Dataset(
            "d",
            1,
            "trial.d",
            "tenant_id",
            List.of("id"),
            "D",
            null,
            List.of(
                    new Field("id", FieldType.STRING, new Source.Column("id")).notNull(),
                    new Field("a", FieldType.INT64, new Source.Column("a")),
                    new Field("b", FieldType.INT64, new Source.Column("b"))));

    @Test
    void withoutAWishEverythingIsShownAndHiddenFieldsAreMasked() {
        Selection selection = ok("{}", List.of("b"));
        assertThat(selection.shown()).containsExactly("id", "a", "b");
        assertThat(selection.masked()).containsExactly("b");
        assertThat(selection.checked().fields()).containsExactly("id", "a");
        assertThat(selection.onlyMasked()).isFalse();
    }

    @Test
    void onlyWhatWasAskedForIsListedAsMasked() {
        assertThat(ok("{\"fields\":[\"a\"]}", List.of("b")).masked()).isEmpty();
        assertThat(ok("{\"fields\":[\"b\",\"a\"]}", List.of("b")).shown()).containsExactly("b", "a");
    }

    @Test
    void aVisibleFieldCarriesTheRowsWhereAllThatWasAskedForIsHidden() {
        Selection selection = ok("{\"fields\":[\"b\"]}", List.of("b"));
        assertThat(selection.shown()).containsExactly("b");
        assertThat(selection.checked().fields()).containsExactly("id");
        assertThat(selection.onlyMasked()).isTrue();
    }

    @Test
    void pointersCountWhatTheClientWrote() {
        List<Fault> faults = faulty("{\"fields\":[\"b\",\"nope\",\"b\",\"a\",\"nix\"]}", List.of("b"));
        assertThat(faults).extracting(Fault::pointer).containsExactly("/fields/1", "/fields/4");
    }

    @Test
    void whoMaySeeNothingGetsNothing() {
        assertThat(faulty("{}", List.of("id", "a", "b")))
                .extracting(Fault::code)
                .containsExactly("unknown_field");
    }

    private static Selection ok(String json, List<String> hidden) {
        return parsed(json, hidden).orElseThrow(faults -> new IllegalArgumentException(faults.toString()));
    }

    private static List<Fault> faulty(String json, List<String> hidden) {
        return switch (parsed(json, hidden)) {
            case Parsed.Ok<Selection> ok -> throw new AssertionError(ok.toString());
            case Parsed.Faulty<Selection>(List<Fault> faults) -> faults;
        };
    }

    private static Parsed<Selection> parsed(String json, List<String> hidden) {
        return Selection.of(
                new QueryReader()
                        .read(json.getBytes(StandardCharsets.UTF_8))
                        .orElseThrow(faults -> new IllegalArgumentException(faults.toString())),
                DATASET,
                hidden,
                new Checker());
    }
}
