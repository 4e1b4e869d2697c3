package io.ashlar.authz.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.cedar.EntityUid;

/** Matches a policy's scope: exactly for principal and action, by type for the rows. */
final class ScopeMatch {

    private final Subject subject;

    ScopeMatch(Subject subject) {
        this.subject = subject;
    }

    boolean principal(JsonNode scope) throws NotTranslatableException {
        return known(scope, subject.principal(), "/principal");
    }

    boolean action(JsonNode scope) throws NotTranslatableException {
        return known(scope, subject.action(), "/action");
    }

    private boolean known(JsonNode scope, EntityUid uid, String place) throws NotTranslatableException {
        String op = scope.path("op").asText();
        return switch (op) {
            case "All" -> true;
            case "==" -> uid.equals(Terms.uid(scope.path("entity")));
            case "in" -> in(scope, uid);
            case "is" ->
                uid.type().equals(scope.path("entity_type").asText())
                        && (scope.path("in").isMissingNode() || in(scope.path("in"), uid));
            default -> throw new NotTranslatableException(place, "scope " + op + " cannot be translated");
        };
    }

    private boolean in(JsonNode scope, EntityUid uid) {
        if (scope.has("entity")) {
            return subject.isIn().test(uid, Terms.uid(scope.path("entity")));
        }
        for (JsonNode entity : scope.path("entities")) {
            if (subject.isIn().test(uid, Terms.uid(entity))) {
                return true;
            }
        }
        return false;
    }

    /** Whether rows of the type match: always or never, or the policy cannot be translated. */
    boolean resource(JsonNode scope) throws NotTranslatableException {
        String op = scope.path("op").asText();
        boolean sameType = subject.resourceType()
                .equals(
                        op.equals("is")
                                ? scope.path("entity_type").asText()
                                : scope.path("entity").path("type").asText());
        return switch (op) {
            case "All" -> true;
            case "==" -> {
                if (sameType) {
                    throw new NotTranslatableException("/resource", "a row named by its id cannot be translated");
                }
                yield false;
            }
            case "is" -> {
                if (sameType && scope.has("in")) {
                    throw new NotTranslatableException("/resource/in", "rows have no declared parents yet");
                }
                yield sameType;
            }
            default ->
                throw new NotTranslatableException(
                        "/resource/" + op, "rows have no declared parents yet, so their scope cannot be translated");
        };
    }
}
