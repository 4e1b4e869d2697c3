package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.local.Services.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A document helps whoever reads it first: every body has an example, every header of the grammar its words. */
class KeptDocumentsTest {

    @ParameterizedTest
    @EnumSource
    void showAnExampleOfEveryBody(Service service) {
        JsonNode document = ApiDocuments.kept(service);
        List<String> without = new ArrayList<>();
        operations(document).forEach(operation -> {
            JsonNode request =
                    ApiDifferences.resolve(document, operation.getValue().path("requestBody"));
            check(operation.getKey() + " request", request, without);
            operation.getValue().path("responses").properties().forEach(response -> {
                JsonNode answer = ApiDifferences.resolve(document, response.getValue());
                if (response.getKey().startsWith("2")) {
                    check(operation.getKey() + " " + response.getKey(), answer, without);
                }
            });
        });
        assertEquals(List.of(), without);
    }

    @ParameterizedTest
    @EnumSource
    void describeEveryHeaderAndAnswer(Service service) {
        JsonNode document = ApiDocuments.kept(service);
        List<String> without = new ArrayList<>();
        operations(document).forEach(operation -> {
            operation.getValue().path("parameters").forEach(reference -> {
                JsonNode parameter = ApiDifferences.resolve(document, reference);
                if (parameter.path("in").asText().equals("header")
                        && parameter.path("description").asText().isBlank()) {
                    without.add(
                            operation.getKey() + " " + parameter.path("name").asText());
                }
            });
            operation.getValue().path("responses").properties().forEach(response -> {
                if (ApiDifferences.resolve(document, response.getValue())
                        .path("description")
                        .asText()
                        .isBlank()) {
                    without.add(operation.getKey() + " " + response.getKey());
                }
            });
            if (operation.getValue().path("summary").asText().isBlank()) {
                without.add(operation.getKey());
            }
        });
        assertEquals(List.of(), without);
    }

    private static void check(String place, JsonNode part, List<String> without) {
        part.path("content").properties().forEach(type -> {
            if (!type.getValue().has("example")
                    && type.getValue().path("examples").isEmpty()) {
                without.add(place + " " + type.getKey());
            }
        });
    }

    private static List<Map.Entry<String, JsonNode>> operations(JsonNode document) {
        List<Map.Entry<String, JsonNode>> operations = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation ->
                        operations.add(Map.entry(operation.getKey() + " " + path.getKey(), operation.getValue()))));
        return operations;
    }
}
