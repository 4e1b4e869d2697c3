package io.ashlar.filter.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.ashlar.filter.dsl.Dataset;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.filter.dsl.Field;
import io.ashlar.filter.dsl.FieldType;
import io.ashlar.filter.dsl.Filter;
import io.ashlar.filter.dsl.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SegmentRulesTest {

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
                    new Field("secret", FieldType.INT64, new Source.Column("b"))));

    private static final Filter PLAIN = Filter.where("a").gt(1);

    private final List<SavedSegment> known = new ArrayList<>();

    @Test
    void whatFitsIsSaved() {
        UUID inner = saved(Sharing.TENANT, PLAIN);
        assertThat(faults(null, Sharing.TENANT, Filter.segment(inner.toString()).and(PLAIN)))
                .isEmpty();
    }

    @Test
    void everyFaultIsNamedWithItsPlace() {
        Filter filter = new Filter.And(List.of(
                Filter.where("a").eq("late"),
                new Filter.Not(Filter.where("secret").gt(1)),
                Filter.segment("no-such"),
                Filter.segment(UUID.randomUUID().toString())));
        assertThat(faults(null, Sharing.PRIVATE, filter))
                .extracting(fault -> fault.code() + " " + fault.pointer())
                .containsExactlyInAnyOrder(
                        "wrong_type /filter/and/0/value",
                        "unknown_field /filter/and/1/not/field",
                        "unknown_segment /filter/and/2/segment",
                        "unknown_segment /filter/and/3/segment");
    }

    @Test
    void aRingIsRefusedWhereItCloses() {
        UUID self = UUID.randomUUID();
        UUID inner = saved(Sharing.PRIVATE, Filter.segment(self.toString()));
        UUID outer = saved(Sharing.PRIVATE, Filter.segment(inner.toString()));
        save(self, Sharing.PRIVATE, PLAIN);
        Filter filter = new Filter.Or(List.of(PLAIN, Filter.segment(outer.toString())));
        assertThat(faults(self, Sharing.PRIVATE, filter))
                .extracting(fault -> fault.code() + " " + fault.pointer())
                .containsExactly("segment_cycle /filter/or/1/segment");
        assertThat(faults(self, Sharing.PRIVATE, Filter.segment(self.toString())))
                .extracting(Fault::code)
                .containsExactly("segment_cycle");
    }

    @Test
    void deeperThanAQueryCanUseIsRefused() {
        UUID third = saved(Sharing.PRIVATE, PLAIN);
        UUID second = saved(Sharing.PRIVATE, Filter.segment(third.toString()));
        UUID first = saved(Sharing.PRIVATE, Filter.segment(second.toString()));
        assertThat(faults(null, Sharing.PRIVATE, Filter.segment(first.toString())))
                .isEmpty();
        UUID outer = saved(Sharing.PRIVATE, Filter.segment(first.toString()));
        assertThat(faults(null, Sharing.PRIVATE, Filter.segment(outer.toString())))
                .extracting(fault -> fault.code() + " " + fault.pointer())
                .containsExactly("segment_invalid /filter/segment");
    }

    @Test
    void whatIsSharedSpeaksOfNothingPrivate() {
        UUID mine = saved(Sharing.PRIVATE, PLAIN);
        assertThat(faults(null, Sharing.PRIVATE, Filter.segment(mine.toString())))
                .isEmpty();
        assertThat(faults(null, Sharing.TENANT, Filter.segment(mine.toString())))
                .extracting(fault -> fault.code() + " " + fault.pointer())
                .containsExactly("segment_not_shared /filter/segment");
    }

    @Test
    void onlyTheServicesOwnSpellingIsAnId() {
        UUID id = UUID.randomUUID();
        assertThat(SegmentContent.id(id.toString())).isEqualTo(id);
        assertThat(SegmentContent.id("1-1-1-1-1")).isNull();
        assertThat(SegmentContent.id("AAAAAAAA-0000-0000-0000-000000000000")).isNull();
        assertThat(SegmentContent.id("zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz")).isNull();
    }

    private List<Fault> faults(UUID id, Sharing shared, Filter filter) {
        return SegmentRules.of(id, new SegmentContent("n", "", shared, filter), DATASET, Set.of("id", "a"), known)
                .faults();
    }

    private UUID saved(Sharing shared, Filter filter) {
        UUID id = UUID.randomUUID();
        save(id, shared, filter);
        return id;
    }

    private void save(UUID id, Sharing shared, Filter filter) {
        SegmentContent content = new SegmentContent("s", "", shared, filter);
        known.add(new SavedSegment(id, "d", 1, "ana", content, content.uses(), Instant.EPOCH, Instant.EPOCH));
    }
}
