package io.ashlar.filter.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a query returns a row, and by which node of its filter it does not.
 *
 * @param returned on some page of the query, whatever its limit
 * @param keptOutBy pointers into the request of the innermost nodes that would have to change; empty if it is returned
 * @param filter the whole filter's verdict, with those of the nodes inside
 * @param source as in {@link QueryAnswer}, as are the rest
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WhyAnswer(
        boolean returned,
        List<String> keptOutBy,
        WhyNode filter,
        String source,
        long lagMs,
        String consistency,
        String reason,
        @Nullable String token) {

    public WhyAnswer {
        keptOutBy = List.copyOf(keptOutBy);
    }

    /**
     * One node of the filter.
     *
     * @param pointer RFC 6901, into the request
     * @param node {@code condition}, {@code and}, {@code or}, {@code not}, {@code segment} or {@code all}
     * @param field of a condition only
     * @param actual the row's own value of that field, JSON's null if it has none; of a condition only
     * @param meant what the condition came to, where that is not what was written: a day as instants, a period as now
     * @param nodes those inside, if there are any
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WhyNode(
            String pointer,
            String node,
            boolean passes,
            @Nullable String field,
            @Nullable JsonNode actual,
            @Nullable JsonNode meant,
            @Nullable List<WhyNode> nodes) {

        public WhyNode {
            nodes = nodes == null ? null : List.copyOf(nodes);
        }
    }
}
