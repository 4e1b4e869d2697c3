package io.ashlar.authz.impact;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a draft's impact when it shall be published.
 *
 * @param demand of the tenant
 * @param author who edited the draft last
 * @param digest names draft, edition and results together: what an approval is of
 * @param results attached to this edition, in order of their ids
 * @param approvals of these results, in order of those who gave them
 */
public record Evidence(Demand demand, String author, String digest, List<Attached> results, List<Approval> approvals) {

    public Evidence {
        results = List.copyOf(results);
        approvals = List.copyOf(approvals);
    }

    /**
     * What a tenant's settings ask for.
     *
     * @param required whether nothing is published without its impact
     * @param twoPerson whether the author's approval does not count
     * @param datasets on which it must be shown
     */
    public record Demand(boolean required, boolean twoPerson, List<String> datasets) {

        public Demand {
            datasets = List.copyOf(datasets);
        }
    }

    /**
     * A result as it is kept.
     *
     * @param id {@code sha256:…} of its text
     */
    public record Attached(String id, String dataset, String jws, String attachedBy, Instant attachedAt) {}

    /** Who agreed to what is gained. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Approval(
            String approvedBy, Instant approvedAt, @Nullable String reason) {}

    /** Whether somebody whose word counts has approved. */
    boolean isApproved() {
        return approvals.stream()
                .anyMatch(approval ->
                        !demand.twoPerson() || !approval.approvedBy().equals(author));
    }

    /** The name of a draft in one edition with these results. */
    static String digest(String draft, long edition, List<Attached> results) {
        StringBuilder text = new StringBuilder(draft).append('\n').append(edition);
        results.forEach(result -> text.append('\n').append(result.id()));
        return sha256(text.toString());
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
