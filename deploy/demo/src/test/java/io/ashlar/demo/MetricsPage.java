package io.ashlar.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Prometheus' text format, read for what it has: names, and the labels beside each. */
final class MetricsPage {

    /** Name, labels, value; behind it there may be a time or an exemplar. */
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*)})? \\S+( .*)?");

    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, List<Map<String, String>>> series = new HashMap<>();

    private MetricsPage() {}

    static MetricsPage read(String text) {
        MetricsPage page = new MetricsPage();
        for (String line : text.split("\n", -1)) {
            Matcher sample = SAMPLE.matcher(line);
            if (!line.startsWith("#") && sample.matches()) {
                Map<String, String> labels = new HashMap<>();
                if (sample.group(2) != null) {
                    LABEL.matcher(sample.group(2))
                            .results()
                            .forEach(label -> labels.put(label.group(1), label.group(2)));
                }
                page.series
                        .computeIfAbsent(sample.group(1), name -> new ArrayList<>())
                        .add(labels);
            }
        }
        return page;
    }

    Set<String> names() {
        return Set.copyOf(series.keySet());
    }

    /**
     * Those of the wanted lines that no series fulfils.
     *
     * @param wanted {@code name{label,label=value}}: a label that must be there, or must have this value
     */
    Set<String> missing(List<String> wanted) {
        Set<String> missing = new TreeSet<>();
        for (String line : wanted) {
            if (!has(line)) {
                missing.add(line);
            }
        }
        return missing;
    }

    private boolean has(String line) {
        int brace = line.indexOf('{');
        String name = brace < 0 ? line : line.substring(0, brace);
        List<String> labels = brace < 0
                ? List.of()
                : List.of(line.substring(brace + 1, line.length() - 1).split(",", -1));
        return series.getOrDefault(name, List.of()).stream()
                .anyMatch(there -> labels.stream().allMatch(label -> fulfils(there, label)));
    }

    private static boolean fulfils(Map<String, String> there, String label) {
        int equals = label.indexOf('=');
        return equals < 0
                ? there.containsKey(label)
                : label.substring(equals + 1).equals(there.get(label.substring(0, equals)));
    }
}
