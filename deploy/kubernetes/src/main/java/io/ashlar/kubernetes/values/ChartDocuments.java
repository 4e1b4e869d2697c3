package io.ashlar.kubernetes.values;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that are made of values.yaml: values.schema.json, and the table in README.md, of every chart. */
public final class ChartDocuments {

    /** The charts of services, in the order of their ports. */
    public static final List<String> SERVICES =
            List.of("authz-service", "filter-service", "ingest-service", "query-router", "export-service");

    private static final String UMBRELLA = "ashlar";
    private static final String BEGIN = "<!-- values: made of values.yaml -->\n";
    private static final String END = "<!-- end of values -->\n";

    private ChartDocuments() {}

    /**
     * What the files should hold.
     *
     * @param helm the folder of the charts
     * @return by file
     * @throws IOException a chart cannot be read
     */
    public static Map<Path, String> of(Path helm) throws IOException {
        Value shared = ValuesFile.read(helm.resolve("common/values.yaml")).child("defaults");
        Map<Path, String> files = new LinkedHashMap<>();
        for (String service : SERVICES) {
            Value values = shared.overlaid(ValuesFile.read(helm.resolve(service).resolve("values.yaml")));
            Map<String, ObjectNode> besides = new LinkedHashMap<>();
            besides.put("common", imported());
            // The umbrella's switch; a chart alone is enabled by being installed.
            besides.put("enabled", flag());
            add(files, helm.resolve(service), values, besides);
        }
        Value global = new Value("", Optional.empty(), null, Map.of("global", shared.child("global")));
        Value umbrella = global.overlaid(ValuesFile.read(helm.resolve(UMBRELLA).resolve("values.yaml")));
        Map<String, ObjectNode> besides = new LinkedHashMap<>();
        besides.put("common", imported());
        umbrella.children().keySet().stream()
                .filter(name -> !name.equals("global"))
                .forEach(name -> besides.put(name, ValuesSchema.open()));
        add(files, helm.resolve(UMBRELLA), umbrella, besides);
        return files;
    }

    /** Where the imported defaults come from stays among the values. */
    private static ObjectNode imported() {
        ObjectNode schema = ValuesSchema.open().put("additionalProperties", false);
        schema.putObject("properties")
                .<ObjectNode>set("defaults", ValuesSchema.open())
                .set("global", ValuesSchema.open());
        return schema;
    }

    private static ObjectNode flag() {
        return JsonNodeFactory.instance.objectNode().put("type", "boolean");
    }

    private static void add(Map<Path, String> files, Path chart, Value values, Map<String, ObjectNode> besides)
            throws IOException {
        files.put(chart.resolve("values.schema.json"), ValuesSchema.of(values, besides));
        Path readme = chart.resolve("README.md");
        files.put(readme, withTable(readme, ValuesTable.of(values)));
    }

    private static String withTable(Path readme, String table) throws IOException {
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(readme + " has no place for the table: " + BEGIN.strip() + " … " + END.strip());
        }
        return text.substring(0, begin + BEGIN.length()) + table + text.substring(end);
    }
}
