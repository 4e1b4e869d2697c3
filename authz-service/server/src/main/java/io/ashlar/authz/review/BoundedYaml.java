package io.ashlar.authz.review;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.ashlar.filter.dsl.Fault;
import java.io.IOException;
import java.util.List;

/**
 * YAML as a tree: one document of plain maps, lists and scalars. Anchors, aliases and tags are refused before a tree is made, so that
 * a small text cannot become a large tree or an object.
 */
final class BoundedYaml {

    static final int LENGTH_MAX = 128 << 10;

    private static final int DEPTH_MAX = 32;

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(LENGTH_MAX)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private BoundedYaml() {}

    /** The tree, or a missing node with a fault at {@code pointer}. */
    static JsonNode read(String text, String pointer, List<Fault> faults) {
        if (text.length() > LENGTH_MAX) {
            faults.add(new Fault("too_long", pointer, "at most " + LENGTH_MAX + " characters are accepted"));
            return MissingNode.getInstance();
        }
        try {
            if (!isPlain(text, pointer, faults)) {
                return MissingNode.getInstance();
            }
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            faults.add(new Fault("malformed_yaml", pointer, "not one plain YAML document" + place(e)));
            return MissingNode.getInstance();
        } catch (IOException e) {
            faults.add(new Fault("malformed_yaml", pointer, "not one plain YAML document"));
            return MissingNode.getInstance();
        }
    }

    private static boolean isPlain(String text, String pointer, List<Fault> faults) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
                    faults.add(new Fault(
                            "malformed_yaml", pointer, "anchors, aliases and tags are not accepted" + place(parser)));
                    return false;
                }
            }
        }
        return true;
    }

    private static String place(JsonParser parser) {
        return ": line " + parser.currentTokenLocation().getLineNr() + ", column "
                + parser.currentTokenLocation().getColumnNr();
    }

    private static String place(JsonProcessingException failure) {
        return failure.getLocation() == null
                ? ""
                : ": line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr();
    }
}
