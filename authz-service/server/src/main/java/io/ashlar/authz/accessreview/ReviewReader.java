package io.ashlar.authz.accessreview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.accessreview.Grant.Attestation;
import io.ashlar.authz.accessreview.Grant.Name;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.policyset.Names;
import io.ashlar.authz.publication.Reasons;
import io.ashlar.cedar.EntityUid;
import io.ashlar.filter.dsl.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads reviews and attestations from requests. Not thread-safe, for one body. */
final class ReviewReader {

    /** Attestations in one request. */
    static final int ITEMS_MAX = 500;

    private static final int NAMES_MAX = 200;
    private static final List<String> REVIEW = List.of("due_at", "lapse", "roles", "groups", "reason");
    private static final List<String> ITEM = List.of("subject", "grant", "verdict", "until", "reason");
    private static final List<String> VERDICTS = List.of("keep", "revoke");

    private final List<Fault> faults = new ArrayList<>();
    private final Bodies bodies = new Bodies(faults);
    private final Duration horizon;

    private ReviewReader(Duration horizon) {
        this.horizon = horizon;
    }

    static Review.Wanted review(String id, @Nullable JsonNode body, Duration horizon) {
        return new ReviewReader(horizon).review(id, body);
    }

    static List<Attestation> attestations(@Nullable JsonNode body, Duration horizon) {
        return new ReviewReader(horizon).attestations(body);
    }

    private Review.Wanted review(String id, @Nullable JsonNode body) {
        Names.check(id, "/id", "a review", faults);
        boolean object = bodies.only(body, REVIEW);
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        if (!read.has("due_at")) {
            faults.add(new Fault("missing_key", "/due_at", "expected an instant"));
        }
        Instant due = instant(read.path("due_at"), "/due_at");
        JsonNode lapse = read.path("lapse");
        if (!lapse.isBoolean() && !lapse.isMissingNode()) {
            faults.add(new Fault("wrong_type", "/lapse", "expected true or false"));
        }
        List<String> roles = bodies.texts(read.path("roles"), "/roles", NAMES_MAX);
        List<String> groups = bodies.texts(read.path("groups"), "/groups", NAMES_MAX);
        String reason = reason(read, "");
        Bodies.refuse(faults);
        return new Review.Wanted(id, due == null ? Instant.EPOCH : due, lapse.asBoolean(false), roles, groups, reason);
    }

    private List<Attestation> attestations(@Nullable JsonNode body) {
        boolean object = bodies.only(body, List.of("items"));
        JsonNode items = object && body != null ? body.path("items") : JsonNodeFactory.instance.missingNode();
        List<Attestation> read = new ArrayList<>();
        if (object && (!items.isArray() || items.isEmpty() || items.size() > ITEMS_MAX)) {
            faults.add(new Fault("wrong_type", "/items", "expected an array of 1 to " + ITEMS_MAX + " attestations"));
        } else {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < items.size(); i++) {
                Attestation item = item(items.get(i), "/items/" + i);
                if (item != null && !seen.add(item.id())) {
                    faults.add(new Fault("duplicate_value", "/items/" + i, "the grant is there twice"));
                } else if (item != null) {
                    read.add(item);
                }
            }
        }
        Bodies.refuse(faults);
        return read;
    }

    private @Nullable Attestation item(JsonNode node, String at) {
        int before = faults.size();
        // Pointers of members that nobody knows begin at the item.
        if (!node.isObject()) {
            faults.add(new Fault("wrong_type", at, "expected an object"));
            return null;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!ITEM.contains(name)) {
                faults.add(new Fault("unknown_key", at + '/' + Bodies.escape(name), "no such member", ITEM, null));
            }
        });
        Name subject = name(node.path("subject"), at + "/subject", List.of("User", "Group"));
        Name grant = name(node.path("grant"), at + "/grant", List.of("Role", "Group"));
        String verdict = bodies.text(node.path("verdict"), at + "/verdict", 10);
        if (!verdict.isEmpty() && !VERDICTS.contains(verdict)) {
            faults.add(new Fault("value_invalid", at + "/verdict", "there is no such word", VERDICTS, null));
        }
        Instant until = instant(node.path("until"), at + "/until");
        if (until != null && verdict.equals("revoke")) {
            faults.add(new Fault("value_invalid", at + "/until", "what is revoked has no end"));
        }
        String reason = reason(node, at);
        return subject == null || grant == null || faults.size() > before
                ? null
                : new Attestation(subject, grant, verdict.equals("keep"), until, reason);
    }

    private @Nullable Name name(JsonNode node, String at, List<String> types) {
        EntityUid uid = bodies.uid(node, at);
        if (uid == null) {
            return null;
        }
        if (!types.contains(uid.type())) {
            faults.add(new Fault("value_invalid", at + "/type", "is no type of this", types, null));
            return null;
        }
        return new Name(uid.type(), uid.id());
    }

    private @Nullable String reason(JsonNode node, String at) {
        return node.has("reason") ? bodies.text(node.path("reason"), at + "/reason", Reasons.LENGTH_MAX) : null;
    }

    /** In microseconds, as the database keeps it; to come, and not too far. */
    private @Nullable Instant instant(JsonNode node, String at) {
        if (node.isMissingNode()) {
            return null;
        }
        try {
            Instant read = OffsetDateTime.parse(node.asText()).toInstant().truncatedTo(ChronoUnit.MICROS);
            Instant now = Instant.now();
            if (read.isAfter(now) && read.isBefore(now.plus(horizon))) {
                return read;
            }
            faults.add(
                    new Fault("out_of_range", at, "expected an instant to come, within " + horizon.toDays() + " days"));
        } catch (DateTimeParseException e) {
            faults.add(new Fault("wrong_type", at, "expected an instant (RFC 3339)"));
        }
        return null;
    }
}
