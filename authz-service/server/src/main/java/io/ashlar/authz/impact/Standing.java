package io.ashlar.authz.impact;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.impact.Evidence.Approval;
import io.ashlar.filter.dsl.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a draft would change for whom, as far as results show it.
 *
 * @param required whether the tenant demands it
 * @param narrows whether nobody can gain anything: permits are taken away and forbids added, and nothing need be shown
 * @param edition of the draft
 * @param evidence names what is here; an approval repeats it
 * @param results attached to this edition
 * @param missing whose plans change and whom no result shows: one of all with the same plans
 * @param gains who would see more
 * @param losses who would see less
 * @param approvals of these results
 * @param approved whether they are enough
 */
public record Standing(
        boolean required,
        boolean narrows,
        long edition,
        String evidence,
        List<Result> results,
        Some<Missing> missing,
        Some<Change> gains,
        Some<Change> losses,
        List<Approval> approvals,
        boolean approved) {

    /** As many of a list are named. */
    static final int NAMED_MAX = 100;

    /**
     * A result.
     *
     * @param refused why it counts for nothing any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String id,
            String dataset,
            @Nullable Long datasetVersion,
            @Nullable String askedBy,
            @Nullable Instant askedAt,
            String attachedBy,
            @Nullable List<Fault> refused) {}

    /**
     * Nobody has looked.
     *
     * @param subject whom to ask for; absent where there is no result of the dataset at all
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Missing(String dataset, @Nullable String subject) {}

    /**
     * What one subject gains or loses.
     *
     * @param rows as many, when they were counted
     * @param fields whose values are masked on one side only
     * @param shownFor whose plans are the same and were compared
     */
    public record Change(String subject, String dataset, long rows, List<String> fields, String shownFor) {}

    /** The first ones of a list, and how long it is. */
    public record Some<T>(int count, List<T> items) {}

    /** Collects the first ones and counts the others. Not thread-safe. */
    static final class Collector<T> {

        private final List<T> items = new ArrayList<>();
        private int count;

        void add(T item) {
            count++;
            if (items.size() < NAMED_MAX) {
                items.add(item);
            }
        }

        Some<T> some() {
            return new Some<>(count, List.copyOf(items));
        }
    }

    /** For the note of the version that it becomes. */
    ObjectNode note() {
        ObjectNode note = JsonNodeFactory.instance.objectNode().put("evidence", evidence);
        var listed = note.putArray("results");
        results.stream().filter(result -> result.refused() == null).forEach(result -> listed.addObject()
                .put("id", result.id())
                .put("dataset", result.dataset())
                .put("asked_at", String.valueOf(result.askedAt())));
        note.put("gains", gains.count()).put("losses", losses.count());
        var agreed = note.putArray("approvals");
        approvals.forEach(approval -> {
            ObjectNode written = agreed.addObject()
                    .put("approved_by", approval.approvedBy())
                    .put("approved_at", approval.approvedAt().toString());
            if (approval.reason() != null) {
                written.put("reason", approval.reason());
            }
        });
        return note;
    }
}
