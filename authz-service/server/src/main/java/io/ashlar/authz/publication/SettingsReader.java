package io.ashlar.authz.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.publication.PolicySettings.Impact;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a tenant's rules for publishing from a request. */
final class SettingsReader {

    private static final List<String> MEMBERS = List.of("two_person", "impact", "impact_datasets");

    private SettingsReader() {}

    /**
     * What a client wants; whoever does not know of impacts says nothing of them.
     *
     * @param impact null: stays
     * @param datasets null: stay
     */
    record Wanted(
            boolean twoPerson,
            @Nullable Impact impact,
            @Nullable List<String> datasets) {

        /** The settings as they are to be; of datasets there must be some where the impact is required. */
        PolicySettings over(PolicySettings present) {
            PolicySettings next = new PolicySettings(
                    present.edition() + 1,
                    twoPerson,
                    impact == null ? present.impact() : impact,
                    datasets == null ? present.impactDatasets() : datasets);
            if (next.impact() == Impact.REQUIRED && next.impactDatasets().isEmpty()) {
                Bodies.refuse(List.of(
                        new Fault("missing_key", "/impact_datasets", "a required impact is one on some dataset")));
            }
            return next;
        }
    }

    static Wanted read(@Nullable JsonNode body) {
        List<Fault> faults = new ArrayList<>();
        Bodies bodies = new Bodies(faults);
        boolean object = bodies.only(body, MEMBERS);
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        JsonNode twoPerson = read.path("two_person");
        if (!twoPerson.isBoolean()) {
            faults.add(new Fault(
                    twoPerson.isMissingNode() ? "missing_key" : "wrong_type", "/two_person", "expected true or false"));
        }
        Impact impact = null;
        if (read.has("impact")) {
            impact = Impact.ofLabel(read.path("impact").asText());
            if (impact == null || !read.path("impact").isTextual()) {
                List<String> labels =
                        Arrays.stream(Impact.values()).map(Impact::label).toList();
                faults.add(new Fault("value_invalid", "/impact", "there is no such word", labels, null));
            }
        }
        List<String> datasets = read.has("impact_datasets")
                ? bodies.texts(read.path("impact_datasets"), "/impact_datasets", PolicySettings.DATASETS_MAX)
                : null;
        Bodies.refuse(faults);
        return new Wanted(twoPerson.booleanValue(), impact, datasets);
    }
}
