package io.ashlar.kubernetes.values;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads values.yaml with its comments. */
final class ValuesFile {

    private ValuesFile() {}

    static Value read(Path file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        options.setAllowDuplicateKeys(false);
        try (Reader reader = Files.newBufferedReader(file)) {
            Node root = new Yaml(new SafeConstructor(options)).compose(reader);
            if (!(root instanceof MappingNode mapping)) {
                throw new IOException(file + " is not an object");
            }
            return new Value("", Optional.empty(), null, children(mapping, new Reading(options)));
        }
    }

    private static Map<String, Value> children(MappingNode mapping, Reading reading) {
        Map<String, Value> children = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            children.put(((ScalarNode) tuple.getKeyNode()).getValue(), value(tuple, reading));
        }
        return children;
    }

    private static Value value(NodeTuple tuple, Reading reading) {
        List<String> text = new ArrayList<>();
        Optional<Constraint> constraint = Optional.empty();
        for (String line : comment(tuple.getKeyNode())) {
            Optional<Constraint> read = Constraint.read(line);
            if (read.isPresent()) {
                constraint = read;
            } else {
                text.add(line);
            }
        }
        boolean group = tuple.getValueNode() instanceof MappingNode mapping
                && !mapping.getValue().isEmpty()
                && constraint.filter(Constraint::closesGroup).isEmpty();
        return new Value(
                String.join(" ", text),
                constraint,
                reading.of(tuple.getValueNode()),
                group ? children((MappingNode) tuple.getValueNode(), reading) : Map.of());
    }

    /** The comment's last paragraph: what stands further up is about something else. */
    private static List<String> comment(Node key) {
        List<String> lines = new ArrayList<>();
        List<CommentLine> comments = key.getBlockComments() == null ? List.of() : key.getBlockComments();
        for (CommentLine comment : comments) {
            if (comment.getCommentType() == CommentType.BLANK_LINE) {
                lines.clear();
            } else {
                lines.add(comment.getValue().strip());
            }
        }
        return lines;
    }

    /** Turns nodes into plain Java. */
    private static final class Reading extends SafeConstructor {
        Reading(LoaderOptions options) {
            super(options);
        }

        @Nullable Object of(Node node) {
            return constructDocument(node);
        }
    }
}
