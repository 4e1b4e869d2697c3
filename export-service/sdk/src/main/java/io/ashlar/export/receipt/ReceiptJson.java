package io.ashlar.export.receipt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * The payload as JSON, by hand and in one fixed order, since its bytes are what is signed. The reader passes over fields
 * it does not know: a later server may say more.
 */
final class ReceiptJson {

    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ReceiptJson() {}

    static byte[] write(Receipt receipt) {
        ObjectNode node = JSON.createObjectNode();
        node.put("v", Receipt.VERSION);
        node.put("export_id", receipt.exportId().toString());
        node.put("tenant", receipt.tenant().toString());
        node.put("source", receipt.source());
        node.put("format", receipt.format());
        node.put("query_hash", receipt.queryHash());
        ObjectNode asOf = node.putObject("as_of");
        asOf.put("kind", receipt.asOf().kind());
        if (receipt.asOf().bound() != null) {
            asOf.put("bound", receipt.asOf().bound());
        }
        node.put("rows", receipt.rows());
        node.put("bytes", receipt.bytes());
        ArrayNode parts = node.putArray("parts");
        for (Part part : receipt.parts()) {
            parts.addObject().put("n", part.n()).put("bytes", part.bytes()).put("sha256", part.sha256());
        }
        node.put("sha256", receipt.sha256());
        ObjectNode sums = node.putObject("column_sums");
        receipt.columnSums().forEach(sums::put);
        ArrayNode masked = node.putArray("masked");
        receipt.masked().forEach(masked::add);
        node.put("dataset_version", receipt.datasetVersion());
        node.put("policy_version", receipt.policyVersion());
        ArrayNode fidelity = node.putArray("fidelity");
        for (Fidelity note : receipt.fidelity()) {
            fidelity.addObject()
                    .put("column", note.column())
                    .put("note", note.note())
                    .put("cells", note.cells());
        }
        node.put("created_at", MICROS.format(receipt.createdAt()));
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }

    /**
     * Reads a payload.
     *
     * @throws ReceiptFormatException naming what is missing or wrong
     */
    static Receipt read(byte[] payload) throws ReceiptFormatException {
        try {
            JsonNode node = JSON.readTree(payload);
            long version = whole(node, "v");
            if (version != Receipt.VERSION) {
                throw new IllegalArgumentException("version " + version + " of the receipt is not known here");
            }
            JsonNode asOf = field(node, "as_of");
            JsonNode bound = asOf.get("bound");
            return new Receipt(
                    UUID.fromString(text(node, "export_id")),
                    UUID.fromString(text(node, "tenant")),
                    text(node, "source"),
                    text(node, "format"),
                    text(node, "query_hash"),
                    new AsOf(text(asOf, "kind"), bound == null ? null : bound.textValue()),
                    whole(node, "rows"),
                    whole(node, "bytes"),
                    list(node, "parts", ReceiptJson::part),
                    text(node, "sha256"),
                    sums(field(node, "column_sums")),
                    list(node, "masked", JsonNode::asText),
                    whole(node, "dataset_version"),
                    whole(node, "policy_version"),
                    list(
                            node,
                            "fidelity",
                            note -> new Fidelity(text(note, "column"), text(note, "note"), whole(note, "cells"))),
                    Instant.parse(text(node, "created_at")));
        } catch (IOException | RuntimeException e) {
            throw new ReceiptFormatException(e.getMessage(), e);
        }
    }

    private static Part part(JsonNode node) {
        return new Part(Math.toIntExact(whole(node, "n")), whole(node, "bytes"), text(node, "sha256"));
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("the receipt lacks " + name);
        }
        return value;
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("the receipt's " + name + " is no text");
        }
        return value.textValue();
    }

    private static long whole(JsonNode node, String name) {
        JsonNode value = field(node, name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("the receipt's " + name + " is no whole number");
        }
        return value.longValue();
    }

    private static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        field(node, name).forEach(value -> values.add(read.apply(value)));
        return values;
    }

    private static Map<String, String> sums(JsonNode node) {
        Map<String, String> sums = new TreeMap<>();
        node.properties()
                .forEach(entry -> sums.put(entry.getKey(), entry.getValue().asText()));
        return sums;
    }
}
