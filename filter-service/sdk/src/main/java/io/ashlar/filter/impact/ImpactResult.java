package io.ashlar.filter.impact;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who gains and who loses which rows of a dataset, if one plan takes another's place. Counts are of committed rows, each no
 * older than the one before it; they are not of one instant.
 *
 * @param askedBy the subject that asked
 * @param askedAt microseconds
 * @param asOf the consistency token of the last count: a later read that carries it sees no less; null if no store was asked
 * @param subjects in the order in which they were asked for
 */
public record ImpactResult(
        UUID tenant,
        String dataset,
        long datasetVersion,
        String askedBy,
        Instant askedAt,
        @Nullable String asOf,
        List<Subject> subjects) {

    /** Of the payload. */
    public static final int VERSION = 1;

    public ImpactResult {
        subjects = List.copyOf(subjects);
    }

    /** Whether somebody sees a row or a value that they did not see before. */
    public boolean gains() {
        return subjects.stream().anyMatch(subject -> !subject.gained().isNothing());
    }

    /** Whether somebody no longer sees a row or a value. */
    public boolean loses() {
        return subjects.stream().anyMatch(subject -> !subject.lost().isNothing());
    }

    /**
     * One subject.
     *
     * @param before {@code sha256:…} of the plan that was compared with, as seals carry it
     * @param after {@code sha256:…} of the plan that would take its place
     */
    public record Subject(String subject, String before, String after, Difference gained, Difference lost) {}

    /**
     * Rows and values on one side of a change.
     *
     * @param rows how many, exactly
     * @param sample keys of some, at most as many as were asked for, and only of rows that whoever asked may read
     * @param fields that are readable on one side only, sorted
     */
    public record Difference(long rows, List<JsonNode> sample, List<String> fields) {

        public Difference {
            sample = List.copyOf(sample);
            fields = List.copyOf(fields);
            if (rows < 0 || sample.size() > rows) {
                throw new IllegalArgumentException("a sample of more rows than there are");
            }
        }

        public boolean isNothing() {
            return rows == 0 && fields.isEmpty();
        }
    }
}
