package io.ashlar.authz.shadow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.WireJson;
import java.time.Instant;
import java.util.List;

/**
 * What a comparison has found so far.
 *
 * @param since when it began, by this machine's clock
 * @param until when this report was made
 * @param newPercent for how many of a hundred subjects policies answer now
 * @param compared questions that both sides answered or failed at
 * @param equal those of them that both answered alike
 * @param skipped questions that were answered, but not compared because too many comparisons were under way
 * @param ungrouped differences beyond the bound of kinds, counted but not told apart
 * @param differences by kind, action, resource type and policies; most frequent first
 */
public record DifferenceReport(
        Instant since,
        Instant until,
        int newPercent,
        long compared,
        long equal,
        long skipped,
        long ungrouped,
        List<Group> differences) {

    public DifferenceReport {
        differences = List.copyOf(differences);
    }

    /**
     * Differences of one kind.
     *
     * @param kind how the sides differ
     * @param action what was asked for
     * @param resourceType on what
     * @param policies that decided on the new side; empty where none applied
     * @param count how many
     * @param firstAt the first of them
     * @param lastAt the last of them
     * @param samples the first few
     */
    public record Group(
            Difference.Kind kind,
            String action,
            String resourceType,
            List<String> policies,
            long count,
            Instant firstAt,
            Instant lastAt,
            List<Difference> samples) {

        public Group {
            policies = List.copyOf(policies);
            samples = List.copyOf(samples);
        }
    }

    /** How many questions the two sides answered differently, or one of them not at all. */
    public long differing() {
        return compared - equal;
    }

    /** The report as JSON, snake_case. */
    public ObjectNode toJson() {
        return WireJson.mapper().valueToTree(this);
    }
}
