package io.ashlar.router.read;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ashlar.filter.dsl.Column;
import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.dsl.Store;
import io.ashlar.router.client.ExplainAnswer.PlanNode;
import io.ashlar.router.client.Fresh;
import io.ashlar.router.cost.Plan;
import io.ashlar.router.rows.RowJson;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Answers as bytes, written row by row. */
final class AnswerJson {

    private static final int BYTES_EXPECTED = 8 * 1024;

    private AnswerJson() {}

    static byte[] page(Served<List<Row>> served, Statement statement, int limit) {
        return write(served, json -> {
            List<Column> columns = statement.columns();
            Row last = null;
            int written = 0;
            json.writeArrayFieldStart("rows");
            for (Row row : served.value()) {
                if (written == limit) {
                    break;
                }
                json.writeStartObject();
                for (int i = 0; i < statement.released(); i++) {
                    json.writeFieldName(columns.get(i).name());
                    RowJson.write(json, row.getValue(i));
                }
                json.writeEndObject();
                last = row;
                written++;
            }
            json.writeEndArray();
            boolean more = served.value().size() > limit;
            json.writeBooleanField("has_more", more);
            if (more && last != null) {
                json.writeArrayFieldStart("next_position");
                for (int column : statement.position()) {
                    RowJson.write(json, last.getValue(column));
                }
                json.writeEndArray();
            }
        });
    }

    static byte[] count(Served<RowSet<Row>> served) {
        return write(
                served,
                json -> json.writeNumberField(
                        "count", served.value().iterator().next().getLong(0)));
    }

    /** The plan's steps without their conditions: these hold values. */
    static byte[] explain(Served<RowSet<Row>> served) {
        Plan plan = GuardedFlights.plan(served.value());
        return write(served, json -> {
            json.writeStringField("store", Store.POSTGRESQL.name().toLowerCase(Locale.ROOT));
            json.writeNumberField("estimated_rows", plan.rows());
            json.writeNumberField("estimated_total_cost", plan.cost());
            json.writeArrayFieldStart("plan");
            for (PlanNode node : plan.nodes()) {
                json.writeStartObject();
                json.writeNumberField("depth", node.depth());
                json.writeStringField("type", node.type());
                if (node.relation() != null) {
                    json.writeStringField("relation", node.relation());
                }
                if (node.index() != null) {
                    json.writeStringField("index", node.index());
                }
                json.writeNumberField("rows", node.rows());
                json.writeNumberField("cost", node.cost());
                json.writeBooleanField("filtered", node.filtered());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The catalogue's own JSON, as it came. */
    static byte[] describe(Served<RowSet<Row>> served) {
        return write(served, json -> {
            Row row = served.value().iterator().next();
            json.writeFieldName("columns");
            json.writeRawValue(row.getString(0));
            json.writeFieldName("indexes");
            json.writeRawValue(row.getString(1));
            json.writeBooleanField("row_security", row.getBoolean(2));
        });
    }

    private static byte[] write(Fresh fresh, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_EXPECTED);
        try (JsonGenerator json = RowJson.to(bytes)) {
            json.writeStartObject();
            body.to(json);
            json.writeStringField("source", fresh.source());
            json.writeNumberField("lag_ms", fresh.lagMs());
            json.writeStringField("consistency", fresh.consistency());
            json.writeStringField("reason", fresh.reason());
            json.writeStringField("token", fresh.token());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Body {
        void to(JsonGenerator json) throws IOException;
    }
}
