package io.ashlar.kubernetes.values;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A chart's values as a Markdown table. */
final class ValuesTable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int FALLBACK_MAX = 120;

    private final StringBuilder rows = new StringBuilder("""
        | value | default | what |
        |---|---|---|
        """);

    private ValuesTable() {}

    static String of(Value values) {
        ValuesTable table = new ValuesTable();
        values.children().forEach(table::add);
        return table.rows.toString();
    }

    private void add(String path, Value value) {
        if (!value.group()) {
            String fallback = json(value);
            row(path, fallback.length() > FALLBACK_MAX ? "see values.yaml" : "`" + fallback + "`", text(value));
            return;
        }
        if (!value.text().isEmpty()) {
            row(path, "", value.text());
        }
        value.children().forEach((name, child) -> add(path + "." + name, child));
    }

    private void row(String path, String fallback, String text) {
        rows.append("| `").append(path).append("` | ").append(fallback).append(" | ");
        rows.append(text.replace("|", "\\|")).append(" |\n");
    }

    private static String text(Value value) {
        String bounds = value.constraint().map(ValuesTable::bounds).orElse("");
        return value.text().isEmpty() || bounds.isEmpty() ? value.text() + bounds : value.text() + " " + bounds;
    }

    private static String bounds(Constraint constraint) {
        return switch (constraint) {
            case Constraint.OneOf oneOf ->
                "One of "
                        + String.join(
                                ", ",
                                oneOf.values().stream()
                                        .map(v -> "`" + (v.isEmpty() ? "\"\"" : v) + "`")
                                        .toList())
                        + ".";
            case Constraint.Range range -> range.low() + " to " + range.high() + ".";
            case Constraint.Pattern pattern -> "";
            case Constraint.Items items -> "";
            case Constraint.MapOf map -> "";
            case Constraint.Free free -> "";
            case Constraint.Schema schema -> "";
        };
    }

    private static String json(Value value) {
        try {
            return JSON.writeValueAsString(value.fallback()).replace("|", "\\|");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a default cannot be written as JSON", e);
        }
    }
}
