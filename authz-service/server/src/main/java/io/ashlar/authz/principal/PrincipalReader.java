package io.ashlar.authz.principal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ashlar.authz.body.Bodies;
import io.ashlar.authz.body.Facts;
import io.ashlar.authz.principal.Principal.Kind;
import io.ashlar.filter.dsl.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads users, groups and roles from requests. */
final class PrincipalReader {

    private static final int PARENTS_MAX = 200;
    private static final int ATTRIBUTES_CHARACTERS_MAX = 16 << 10;

    /** What an OIDC subject is: 1 to 255 visible ASCII characters. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final List<Fault> faults = new ArrayList<>();
    private final Bodies bodies = new Bodies(faults);

    private PrincipalReader() {}

    static Principal user(String id, @Nullable JsonNode body) {
        return new PrincipalReader().read(Kind.USER, id, body, List.of("roles", "groups", "attributes"), "groups");
    }

    static Principal group(String id, @Nullable JsonNode body) {
        return new PrincipalReader().read(Kind.GROUP, id, body, List.of("parents", "roles"), "parents");
    }

    static Principal role(String id, @Nullable JsonNode body) {
        Principal read = new PrincipalReader().read(Kind.ROLE, id, body, List.of("parents"), "parents");
        return new Principal(Kind.ROLE, read.id(), 0, read.groups(), List.of(), read.attributes());
    }

    private Principal read(Kind kind, String id, @Nullable JsonNode body, List<String> known, String groups) {
        if (!ID.matcher(id).matches()) {
            faults.add(new Fault("value_invalid", "/id", "an id has 1 to 255 visible ASCII characters"));
        }
        boolean object = bodies.only(body, known);
        JsonNode read = object && body != null ? body : JsonNodeFactory.instance.objectNode();
        List<String> roles = bodies.texts(read.path("roles"), "/roles", PARENTS_MAX);
        List<String> parents = bodies.texts(read.path(groups), '/' + groups, PARENTS_MAX);
        JsonNode attributes = read.path("attributes");
        new Facts(faults).fields(attributes, "/attributes");
        if (attributes.toString().length() > ATTRIBUTES_CHARACTERS_MAX) {
            faults.add(new Fault(
                    "too_long", "/attributes", "at most " + ATTRIBUTES_CHARACTERS_MAX + " characters are accepted"));
        }
        Bodies.refuse(faults);
        return new Principal(
                kind,
                id,
                0,
                roles,
                parents,
                attributes.isObject() ? attributes : JsonNodeFactory.instance.objectNode());
    }
}
