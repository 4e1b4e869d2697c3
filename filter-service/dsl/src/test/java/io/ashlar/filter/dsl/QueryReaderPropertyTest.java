package io.ashlar.filter.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever is sent, the reader answers, and every pointer in its answer leads somewhere. */
final class QueryReaderPropertyTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final List<String> WORDS = List.of(
            "filters",
            "sort",
            "page",
            "fields",
            "tz",
            "field",
            "op",
            "value",
            "ci",
            "and",
            "or",
            "not",
            "segment",
            "dir",
            "nulls",
            "limit",
            "cursor",
            "delay",
            "origin",
            "date",
            "eq",
            "in",
            "between",
            "is_null",
            "contains",
            "asc",
            "last",
            "UTC",
            "2001-01-01",
            "a/b~c",
            "");

    private static final byte[] VALID = """
            {"filters":[{"or":[{"field":"delay","op":"between","value":[-1.5e2,60]},{"not":{"field":"origin","op":"in",\
            "value":["ORD","é"],"ci":true}}]},{"field":"date","op":"gte","value":"2001-01-01"},{}],\
            "sort":[{"field":"delay","dir":"desc","nulls":"first"}],"page":{"limit":50,"cursor":"v1.k.abc"},\
            "fields":["origin","delay"],"tz":"America/Chicago"}""".getBytes(StandardCharsets.UTF_8);

    @Property(tries = 2000)
    void arbitraryBytes(@ForAll @Size(max = 200) byte[] body) {
        read(body, null);
    }

    @Property(tries = 2000)
    void arbitraryText(@ForAll String body) {
        read(body.getBytes(StandardCharsets.UTF_8), null);
    }

    @Property(tries = 3000)
    void arbitraryJsonOfTheGrammarsWords(@ForAll long seed) throws JsonProcessingException {
        JsonNode tree = object(new Random(seed), 0, List.of("filters", "sort", "page", "fields", "tz", "tzz"));
        read(JSON.writeValueAsBytes(tree), tree);
    }

    @Property(tries = 3000)
    void mutatedQueries(@ForAll long seed) {
        byte[] body = mutate(new Random(seed));
        read(body, tree(body));
    }

    private static void read(byte[] body, @Nullable JsonNode tree) {
        Parsed<CheckedQuery> parsed = new QueryReader().read(body).then(query -> new Checker()
                .check(query, Datasets.FLIGHTS, Datasets.visible(Datasets.FLIGHTS)));
        if (parsed instanceof Parsed.Faulty<CheckedQuery>(List<Fault> faults)) {
            assertThat(faults).isNotEmpty().hasSizeLessThanOrEqualTo(Faults.MAX);
            for (Fault fault : faults) {
                JsonPointer pointer = JsonPointer.compile(fault.pointer());
                if (tree != null) {
                    assertThat(tree.at(pointer).isMissingNode())
                            .as("%s in %s", fault, tree)
                            .isFalse();
                }
            }
        }
    }

    /** Null where the text is not JSON, or where a repeated key makes pointers lead to either of two places. */
    private static @Nullable JsonNode tree(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null || tree.isMissingNode() ? null : tree;
        } catch (IOException notJson) {
            return null;
        }
    }

    private static byte[] mutate(Random random) {
        byte[] body = VALID.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(body.length);
            int end = Math.min(body.length, at + 1 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body[at] = (byte) "{}[]\",:0-e.tfn\\".charAt(random.nextInt(15));
                case 2 -> body = spliced(body, at, end, new byte[0]);
                default -> body = spliced(body, at, at, java.util.Arrays.copyOfRange(body, at, end));
            }
        }
        return body;
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] insert) {
        byte[] out = new byte[body.length - (to - from) + insert.length];
        System.arraycopy(body, 0, out, 0, from);
        System.arraycopy(insert, 0, out, from, insert.length);
        System.arraycopy(body, to, out, from + insert.length, body.length - to);
        return out.length == 0 ? new byte[] {'{'} : out;
    }

    private static JsonNode any(Random random, int depth) {
        int kind = random.nextInt(depth > 6 ? 5 : 9);
        return switch (kind) {
            case 0 -> JsonNodeFactory.instance.numberNode(random.nextInt(-3, 600));
            case 1 -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case 2 -> JsonNodeFactory.instance.nullNode();
            case 3, 4 -> JsonNodeFactory.instance.textNode(word(random));
            case 5, 6 -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(any(random, depth + 1));
                }
                yield array;
            }
            default -> object(random, depth, WORDS);
        };
    }

    private static ObjectNode object(Random random, int depth, List<String> keys) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.set(keys.get(random.nextInt(keys.size())), any(random, depth + 1));
        }
        return object;
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
