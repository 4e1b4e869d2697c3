package io.ashlar.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiDifferencesTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String DOCUMENT = """
            openapi: 3.1.0
            security: [{bearer: []}]
            components:
              schemas:
                Thing:
                  type: object
                  required: [id]
                  properties:
                    id: {type: string, description: words}
                    state: {type: string, enum: [open, shut]}
                    parts: {type: array, items: {$ref: '#/components/schemas/Thing'}}
            paths:
              /things/{id}:
                get:
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: limit, in: query, schema: {type: integer}}
                  responses:
                    '200':
                      headers: {ETag: {schema: {type: string}}}
                      content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
                    '404': {description: none}
                put:
                  requestBody: {content: {application/json: {schema: {type: object, properties: {size: {type: integer}}}}}}
                  responses: {'204': {description: done}}
            """;

    private static List<ApiDifferences.Difference> after(String old, String now) throws IOException {
        assertNotEquals(DOCUMENT, DOCUMENT.replace(old, now), "nothing was changed");
        return ApiDifferences.between(YAML.readTree(DOCUMENT), YAML.readTree(DOCUMENT.replace(old, now)));
    }

    @Test
    void equalDocumentsDoNotDiffer() throws IOException {
        assertEquals(List.of(), ApiDifferences.between(YAML.readTree(DOCUMENT), YAML.readTree(DOCUMENT)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "put:|patch:|BREAKING    PUT /things/{id}: is gone",
                "name: limit|name: size|BREAKING    GET /things/{id} query limit: is gone",
                "in: query,|in: query, required: true,|BREAKING    GET /things/{id} query limit: is required",
                "type: integer}}\\n|type: string}}\\n|BREAKING    GET /things/{id} query limit: type was [integer] and is [string]",
                "'200':|'203':|BREAKING    GET /things/{id} 200: is gone",
                "ETag:|X-Tag:|BREAKING    GET /things/{id} 200 header ETag: is gone",
                "[open, shut]|[open, shut, new]|BREAKING    GET /things/{id} 200 application/json.state: enum was [open, shut] and is [new, open, shut]",
                "state: {|status: {|BREAKING    GET /things/{id} 200 application/json.state: is gone",
                "[id]|[state]|BREAKING    GET /things/{id} 200 application/json.id: may be absent",
                "properties: {size|required: [size], properties: {size|BREAKING    PUT /things/{id} request application/json.size: is required",
                "requestBody: {|requestBody: {required: true, |BREAKING    PUT /things/{id} request: is required"
            })
    void breaking(String old, String now, String expected) throws IOException {
        String first = after(old.replace("\\n", "\n"), now.replace("\\n", "\n")).stream()
                .filter(ApiDifferences.Difference::breaking)
                .findFirst()
                .orElseThrow()
                .toString();
        assertEquals(expected, first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "description: words|description: other words|compatible  the document: words, examples or order",
                "'404': {|'410': {description: gone}\\n        '404': {|compatible  GET /things/{id} 410: is new",
                "    put:|    delete: {responses: {'204': {description: done}}}\\n    put:|compatible  DELETE /things/{id}: is new",
                "required: true, schema|required: false, schema|compatible  the document: words, examples or order",
                "{size: {type: integer}}|{size: {type: integer}, more: {type: string}}|compatible  PUT /things/{id} request application/json.more: is new",
                "ETag: {|X-Tag: {}, ETag: {|compatible  GET /things/{id} 200 header X-Tag: is new"
            })
    void compatible(String old, String now, String expected) throws IOException {
        assertEquals(
                List.of(expected),
                after(old.replace("\\n", "\n"), now.replace("\\n", "\n")).stream()
                        .map(ApiDifferences.Difference::toString)
                        .toList());
    }

    @Test
    void aTokenWhereNoneWasNeededBreaks() throws IOException {
        String opened = DOCUMENT.replace("    put:\n", "    put:\n      security: []\n");
        assertEquals(
                "[BREAKING    PUT /things/{id}: needs a token]",
                ApiDifferences.between(YAML.readTree(opened), YAML.readTree(DOCUMENT))
                        .toString());
        assertEquals(
                "[compatible  PUT /things/{id}: needs no token any more]",
                ApiDifferences.between(YAML.readTree(DOCUMENT), YAML.readTree(opened))
                        .toString());
    }
}
