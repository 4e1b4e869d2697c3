package io.ashlar.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two OpenAPI 3.1 documents, and whether a client of the first can be a client of the second. Servers refuse
 * unknown members, so that taking one away from a request breaks as well as taking it away from an answer; a value that is added
 * to an answer's enumeration breaks readers that know them all.
 */
final class ApiDifferences {

    /**
     * One difference.
     *
     * @param breaking whether clients of the older document are hurt
     * @param place operation and part
     */
    record Difference(boolean breaking, String place, String what) {

        @Override
        public String toString() {
            return (breaking ? "BREAKING    " : "compatible  ") + place + ": " + what;
        }
    }

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode before;
    private final JsonNode after;
    private final List<Difference> found = new ArrayList<>();

    private ApiDifferences(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
    }

    /** In the order of paths; empty iff the documents are equal. */
    static List<Difference> between(JsonNode before, JsonNode after) {
        ApiDifferences differences = new ApiDifferences(before, after);
        for (String path : names(before.path("paths"), after.path("paths"))) {
            differences.path(
                    path, before.path("paths").path(path), after.path("paths").path(path));
        }
        if (differences.found.isEmpty() && !before.equals(after)) {
            differences.add(false, "the document", "words, examples or order");
        }
        return List.copyOf(differences.found);
    }

    private void path(String path, JsonNode old, JsonNode now) {
        for (String method : names(old, now)) {
            if (METHODS.contains(method)) {
                String place = method.toUpperCase(Locale.ROOT) + " " + path;
                if (!now.has(method)) {
                    add(true, place, "is gone");
                } else if (!old.has(method)) {
                    add(false, place, "is new");
                } else {
                    operation(place, old.path(method), now.path(method));
                }
            }
        }
    }

    private void operation(String place, JsonNode old, JsonNode now) {
        if (!old.path("operationId").equals(now.path("operationId"))) {
            add(true, place, "is called otherwise in generated clients");
        }
        if (open(before, old) != open(after, now)) {
            add(open(before, old), place, open(after, now) ? "needs no token any more" : "needs a token");
        }
        new Parameters(place).compare(old.path("parameters"), now.path("parameters"));
        JsonNode oldBody = resolve(before, old.path("requestBody"));
        JsonNode newBody = resolve(after, now.path("requestBody"));
        if (!oldBody.path("required").asBoolean() && newBody.path("required").asBoolean()) {
            add(true, place + " request", "is required");
        }
        content(place + " request", true, oldBody.path("content"), newBody.path("content"));
        for (String status : names(old.path("responses"), now.path("responses"))) {
            response(
                    place + " " + status,
                    status.startsWith("2") || status.startsWith("3"),
                    resolve(before, old.path("responses").path(status)),
                    resolve(after, now.path("responses").path(status)));
        }
    }

    private void response(String place, boolean success, JsonNode old, JsonNode now) {
        if (old.isMissingNode() || now.isMissingNode()) {
            add(success && now.isMissingNode(), place, now.isMissingNode() ? "is gone" : "is new");
            return;
        }
        for (String header : names(old.path("headers"), now.path("headers"))) {
            if (!now.path("headers").has(header)) {
                add(true, place + " header " + header, "is gone");
            } else if (!old.path("headers").has(header)) {
                add(false, place + " header " + header, "is new");
            }
        }
        content(place, false, old.path("content"), now.path("content"));
    }

    private void content(String place, boolean request, JsonNode old, JsonNode now) {
        for (String type : names(old, now)) {
            if (!now.has(type)) {
                add(true, place + " " + type, "is gone");
            } else if (!old.has(type)) {
                add(false, place + " " + type, "is new");
            } else {
                new Schemas(request)
                        .compare(
                                place + " " + type,
                                old.path(type).path("schema"),
                                now.path(type).path("schema"));
            }
        }
    }

    private void add(boolean breaking, String place, String what) {
        found.add(new Difference(breaking, place, what));
    }

    private static boolean open(JsonNode document, JsonNode operation) {
        JsonNode security = operation.has("security") ? operation.path("security") : document.path("security");
        return security.isEmpty();
    }

    static JsonNode resolve(JsonNode document, JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = document.at(resolved.path("$ref").asText().substring(1));
        }
        return resolved;
    }

    static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        if (array.isArray()) {
            array.forEach(text -> texts.add(text.asText()));
        } else if (!array.isMissingNode()) {
            texts.add(array.asText());
        }
        return texts;
    }

    /** What a request may carry beside its body. */
    private final class Parameters {

        private final String place;

        Parameters(String place) {
            this.place = place;
        }

        void compare(JsonNode old, JsonNode now) {
            for (JsonNode reference : old) {
                JsonNode parameter = resolve(before, reference);
                JsonNode same = find(after, now, parameter);
                if (same.isMissingNode()) {
                    add(true, at(parameter), "is gone");
                    continue;
                }
                if (!parameter.path("required").asBoolean()
                        && same.path("required").asBoolean()) {
                    add(true, at(parameter), "is required");
                }
                new Schemas(true).compare(at(parameter), parameter.path("schema"), same.path("schema"));
            }
            for (JsonNode reference : now) {
                JsonNode parameter = resolve(after, reference);
                if (find(before, old, parameter).isMissingNode()) {
                    add(parameter.path("required").asBoolean(), at(parameter), "is new");
                }
            }
        }

        private String at(JsonNode parameter) {
            return place + " " + parameter.path("in").asText() + " "
                    + parameter.path("name").asText();
        }

        private static JsonNode find(JsonNode document, JsonNode parameters, JsonNode wanted) {
            for (JsonNode reference : parameters) {
                JsonNode parameter = resolve(document, reference);
                if (parameter.path("name").equals(wanted.path("name"))
                        && parameter.path("in").equals(wanted.path("in"))) {
                    return parameter;
                }
            }
            return MissingNode.getInstance();
        }
    }

    /** Values, of requests or of answers. */
    private final class Schemas {

        private final boolean request;
        private final Set<String> seen = new TreeSet<>();

        Schemas(boolean request) {
            this.request = request;
        }

        void compare(String place, JsonNode oldReference, JsonNode newReference) {
            if (oldReference.has("$ref") && !seen.add(oldReference.path("$ref").asText())) {
                // Named before, as by a schema that holds itself.
                return;
            }
            JsonNode old = resolve(before, oldReference);
            JsonNode now = resolve(after, newReference);
            values(place, "type", texts(old.path("type")), texts(now.path("type")));
            values(place, "enum", texts(old.path("enum")), texts(now.path("enum")));
            if (!old.path("format").equals(now.path("format"))) {
                add(true, place, "has another format");
            }
            Set<String> wasRequired = texts(old.path("required"));
            Set<String> isRequired = texts(now.path("required"));
            for (String name : names(old.path("properties"), now.path("properties"))) {
                property(
                        place + "." + name,
                        old.path("properties").path(name),
                        now.path("properties").path(name),
                        wasRequired.contains(name),
                        isRequired.contains(name));
            }
            if (old.has("items") || now.has("items")) {
                compare(place + "[]", old.path("items"), now.path("items"));
            }
        }

        private void property(String place, JsonNode old, JsonNode now, boolean wasRequired, boolean isRequired) {
            if (now.isMissingNode()) {
                add(true, place, "is gone");
            } else if (old.isMissingNode()) {
                add(request && isRequired, place, isRequired ? "is new and required" : "is new");
            } else {
                if (wasRequired != isRequired) {
                    add(request == isRequired, place, isRequired ? "is required" : "may be absent");
                }
                compare(place, old, now);
            }
        }

        /** More values are good news for who sends them and bad for who reads them. */
        private void values(String place, String what, Set<String> old, Set<String> now) {
            if (old.equals(now)) {
                return;
            }
            boolean takesMore = now.isEmpty() || (!old.isEmpty() && now.containsAll(old));
            boolean givesLess = old.isEmpty() || (!now.isEmpty() && old.containsAll(now));
            add(request ? !takesMore : !givesLess, place, what + " was " + old + " and is " + now);
        }
    }
}
