package io.ashlar.filter.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.JsonSchema;
import io.ashlar.filter.dsl.Query;
import io.ashlar.filter.dsl.QueryJson;
import io.ashlar.filter.query.Access;
import io.ashlar.filter.query.Resolver;
import io.ashlar.guard.identity.Caller;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Describes and checks queries without running any. Blocking: asks the registry and authz. Thread-safe. */
@Singleton
final class Schemas {

    private final Resolver resolver;

    Schemas(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * A schema and the tag by which it is known again.
     *
     * @param etag strong, quoted: over the text, since policies change it as well as versions
     */
    record Described(JsonNode schema, String etag) {}

    /** The JSON Schema of the queries that the caller may ask. */
    Described describe(Caller caller, String dataset) {
        Access access = resolver.access(caller.requireTenant(), caller.subject(), dataset);
        JsonNode schema = JsonSchema.of(access.dataset(), access.visible());
        return new Described(schema, '"' + access.dataset().version() + "-" + digest(schema.toString()) + '"');
    }

    /**
     * {@code {"valid":true,"canonical":{…}}}.
     *
     * @throws ProblemException with every fault that the query has for this caller, as asking it would
     */
    ObjectNode validate(Caller caller, String dataset, byte[] body) {
        UUID tenant = caller.requireTenant();
        Query query = resolver.read(body, "");
        if (query.aggregate() == null) {
            resolver.resolve(tenant, caller.subject(), dataset, query, "");
        } else {
            resolver.group(tenant, caller.subject(), dataset, query, "");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("valid", true);
        answer.set("canonical", QueryJson.write(query));
        return answer;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("the runtime has no SHA-256", impossible);
        }
    }
}
