package io.ashlar.authz.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ashlar.authz.page.IdPage;
import io.ashlar.authz.policyset.Document;
import io.ashlar.authz.policyset.PolicySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two versions: policies by page, and schema and test cases on each page.
 *
 * @param items in order of their ids
 * @param documents {@code schema} and {@code tests}, where they differ
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DifferencePage(
        List<PolicyDifference> items,
        List<PolicyDifference> documents,
        @JsonProperty("next_cursor") @Nullable String nextCursor) {

    /** A page with the documents of both sets. */
    public static DifferencePage of(IdPage<PolicyDifference> page, PolicySet before, PolicySet after) {
        List<PolicyDifference> documents = new ArrayList<>();
        for (Document document : Document.values()) {
            String old = before.documents().get(document);
            String next = after.documents().get(document);
            if (!Objects.equals(old, next)) {
                documents.add(PolicyDifference.of(document.label(), old, next));
            }
        }
        return new DifferencePage(page.items(), documents, page.nextCursor());
    }

    /** All policies that differ, own and shared ones, in order of their ids. */
    public static List<PolicyDifference> between(PolicySet before, PolicySet after) {
        SortedMap<String, String> was = texts(before);
        SortedMap<String, String> will = texts(after);
        SortedSet<String> ids = new TreeSet<>(was.keySet());
        ids.addAll(will.keySet());
        return ids.stream()
                .filter(id -> !Objects.equals(was.get(id), will.get(id)))
                .map(id -> PolicyDifference.of(id, was.get(id), will.get(id)))
                .toList();
    }

    private static SortedMap<String, String> texts(PolicySet set) {
        SortedMap<String, String> texts = new TreeMap<>();
        set.sources().forEach(source -> texts.put(source.id(), source.text()));
        return texts;
    }
}
