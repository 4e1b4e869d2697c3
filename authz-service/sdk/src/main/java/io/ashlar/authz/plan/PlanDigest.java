package io.ashlar.authz.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.authz.call.WireJson;
import io.ashlar.filter.dsl.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names what a plan decides, without the versions that decided it: two plans with one digest let the same rows through and hide
 * the same values, whenever they were made. Thread-safe.
 */
public final class PlanDigest {

    private PlanDigest() {}

    /** {@code sha256:…} of the plan as a client reads it, so that both ends of a call name it alike. */
    public static String of(Plan plan) {
        ObjectNode node = PlanJson.write(asRead(plan));
        node.remove("policy_version");
        node.remove("revision");
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(node.toString().getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Plan asRead(Plan plan) {
        try {
            JsonNode wire = WireJson.mapper().readTree(PlanJson.write(plan).toString());
            return switch (PlanJson.read(wire)) {
                case Parsed.Ok<Plan>(Plan read) -> read;
                case Parsed.Faulty<Plan> faulty ->
                    throw new IllegalStateException("what is written is read: " + faulty.faults());
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is written is JSON", e);
        }
    }
}
