package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** ClickHouse's engine behind its HTTP interface. Parameters go beside the query, in ClickHouse's own escaped text. */
final class ClickHouseStore implements TrialStore {

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;

    ClickHouseStore(URI url) throws IOException, InterruptedException {
        this.url = url;
        execute("DROP DATABASE IF EXISTS diff");
        execute("CREATE DATABASE diff");
    }

    @Override
    public Store kind() {
        return Store.CLICKHOUSE;
    }

    @Override
    public void fill(Dataset dataset, Map<UUID, List<Map<String, @Nullable Object>>> rows)
            throws IOException, InterruptedException {
        List<Field> columns = dataset.fields().stream()
                .filter(field -> field.source() instanceof Source.Column)
                .toList();
        execute("CREATE TABLE " + dataset.relation() + " (tenant_id UUID, attributes String, "
                + columns.stream()
                        .map(field -> field.name() + " " + type(field.type(), field.nullable()))
                        .collect(Collectors.joining(", "))
                + ") ENGINE = MergeTree ORDER BY (tenant_id, id)");
        String relation = JdbcStore.attributes(dataset);
        if (relation != null) {
            execute("CREATE TABLE " + relation + " (tenant_id UUID, entity_id String, attribute_id Int32, "
                    + "event_at DateTime64(6, 'UTC'), seq Int64, v_string Nullable(String), v_bool Nullable(Bool), "
                    + "v_int64 Nullable(Int64), v_double Nullable(Float64), v_timestamp Nullable(DateTime64(6, 'UTC'))) "
                    + "ENGINE = MergeTree ORDER BY (tenant_id, attribute_id)");
        }
        StringBuilder lines = new StringBuilder();
        StringBuilder facts = new StringBuilder();
        rows.forEach((tenant, some) -> some.forEach(row -> {
            ObjectNode line = JSON.createObjectNode().put("tenant_id", tenant.toString());
            line.put("attributes", Attributes.document(dataset, row).toString());
            columns.forEach(field -> line.set(field.name(), json(field, row.get(field.name()))));
            lines.append(line).append('\n');
            dataset.fields().forEach(field -> facts(field, tenant, row, facts));
        }));
        insert(dataset.relation(), lines);
        if (relation != null) {
            insert(relation, facts);
        }
    }

    private static void facts(
            Field field, UUID tenant, Map<String, ? extends @Nullable Object> row, StringBuilder lines) {
        if (!(field.source() instanceof Source.Eav source)) {
            return;
        }
        for (Attributes.Fact fact : Attributes.facts(field, row)) {
            ObjectNode line = JSON.createObjectNode()
                    .put("tenant_id", tenant.toString())
                    .put("entity_id", String.valueOf(row.get("id")))
                    .put("attribute_id", source.id())
                    .put("event_at", "2026-01-01 00:00:00.000000")
                    .put("seq", fact.seq());
            line.set(source.value(), json(field, fact.value()));
            lines.append(line).append('\n');
        }
    }

    private static String type(FieldType type, boolean nullable) {
        String name =
                type == FieldType.UUID ? "UUID" : Store.CLICKHOUSE.dialect().typeName(type);
        return nullable && type != FieldType.STRINGS ? "Nullable(" + name + ")" : name;
    }

    private static JsonNode json(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> field.type() == FieldType.STRINGS ? JSON.createArrayNode() : JSON.nullNode();
            case Instant instant -> JSON.getNodeFactory().textNode(MICROS.format(instant.atOffset(ZoneOffset.UTC)));
            default -> FilterJson.write(Values.literal(value));
        };
    }

    private void insert(String relation, StringBuilder lines) throws IOException, InterruptedException {
        if (!lines.isEmpty()) {
            execute("INSERT INTO " + relation + " FORMAT JSONEachRow\n" + lines);
        }
    }

    @Override
    public List<List<@Nullable Literal>> run(Statement statement) throws IOException, InterruptedException {
        StringBuilder query = new StringBuilder("?output_format_json_quote_64bit_integers=1"
                + "&output_format_json_quote_decimals=1&output_format_json_quote_64bit_floats=1");
        for (int i = 0; i < statement.binds().size(); i++) {
            query.append("&param_p").append(i + 1).append('=');
            query.append(URLEncoder.encode(parameter(statement.binds().get(i), false), StandardCharsets.UTF_8));
        }
        String answer = send(query.toString(), statement.sql() + " FORMAT JSONCompactEachRow");
        List<List<@Nullable Literal>> rows = new ArrayList<>();
        for (String line : answer.lines().toList()) {
            JsonNode values = JSON.readTree(line);
            List<@Nullable Literal> row = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                row.add(literal(statement.columns().get(i).type(), values.get(i)));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Escaped as a tab-separated value; inside arrays, strings are quoted as well. */
    private static String parameter(Object bind, boolean quoted) {
        return switch (bind) {
            case Object[] many ->
                Arrays.stream(many).map(one -> parameter(one, true)).collect(Collectors.joining(",", "[", "]"));
            case OffsetDateTime instant -> quote(MICROS.format(instant), quoted);
            case LocalDate day -> quote(day.toString(), quoted);
            case BigDecimal number -> number.toPlainString();
            case String text -> quoted ? quote(escape(text).replace("'", "\\'"), true) : escape(text);
            default -> bind.toString();
        };
    }

    private static String quote(String text, boolean quoted) {
        return quoted ? "'" + text + "'" : text;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private static @Nullable Literal literal(FieldType type, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return switch (type) {
            case STRING, TEXT, ENUM, UUID, DATE -> Literal.of(value.asText());
            case BOOL -> Literal.of(value.asBoolean());
            case INT64, MONEY, DECIMAL -> Literal.of(new BigDecimal(value.asText()));
            case DOUBLE -> Values.literal(Double.parseDouble(value.asText()));
            case TIMESTAMP -> Values.literal(Instant.parse(value.asText().replace(' ', 'T') + "Z"));
            case STRINGS -> {
                List<String> texts = new ArrayList<>();
                ((ArrayNode) value).forEach(text -> texts.add(text.asText()));
                yield new Literal.Texts(texts);
            }
        };
    }

    @Override
    public void drop(Dataset dataset) throws IOException, InterruptedException {
        execute("DROP TABLE " + dataset.relation());
        String relation = JdbcStore.attributes(dataset);
        if (relation != null) {
            execute("DROP TABLE " + relation);
        }
    }

    private void execute(String sql) throws IOException, InterruptedException {
        send("", sql);
    }

    String send(String query, String sql) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/" + query))
                .POST(HttpRequest.BodyPublishers.ofString(sql))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
