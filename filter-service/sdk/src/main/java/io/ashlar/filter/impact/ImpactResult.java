package io.ashlar.filter.impact;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.authz.plan.PlanField;
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
 * @param question what plans of the dataset are asked for, so that whoever has the policies can make them again; null in results
 *     of a server that did not say
 * @param subjects in the order in which they were asked for
 */
public record ImpactResult(
        UUID tenant,
        String dataset,
        long datasetVersion,
        String askedBy,
        Instant askedAt,
        @Nullable String asOf,
        @Nullable Question question,
        List<Subject> subjects) {

    /** Of the payload. */
    public static final int VERSION = 1;

    public ImpactResult {
        subjects = List.copyOf(subjects);
    }

    /** A result that does not say what plans were asked for. */
    public ImpactResult(
            UUID tenant,
            String dataset,
            long datasetVersion,
            String askedBy,
            Instant askedAt,
            @Nullable String asOf,
            List<Subject> subjects) {
        this(tenant, dataset, datasetVersion, askedBy, askedAt, asOf, null, subjects);
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
     * What a plan of the dataset is asked for, besides its subject and without a context.
     *
     * @param action a Cedar action's name
     * @param resourceType the Cedar type of the rows
     * @param fields of the dataset
     */
    public record Question(String action, String resourceType, List<PlanField> fields) {

        public Question {
            fields = List.copyOf(fields);
        }
    }

    /**
     * What two plans decide, whenever they were made: {@link io.ashlar.authz.plan.PlanDigest}.
     *
     * @param before of the plan that was compared with
     * @param after of the plan that would take its place
     */
    public record Decides(String before, String after) {}

    /**
     * One subject.
     *
     * @param before {@code sha256:…} of the plan that was compared with, as seals carry it
     * @param after {@code sha256:…} of the plan that would take its place
     * @param decides the same without the plans' versions; null in results of a server that did not say
     */
    public record Subject(
            String subject,
            String before,
            String after,
            @Nullable Decides decides,
            Difference gained,
            Difference lost) {

        /** A subject of a result that does not say what the plans decide. */
        public Subject(String subject, String before, String after, Difference gained, Difference lost) {
            this(subject, before, after, null, gained, lost);
        }
    }

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
