package io.ashlar.kubernetes.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The series that a PromQL expression reads, found by its text: each selector has braces, and every other word must be a known
 * function or operator. A word that is neither is an error, so that nothing is passed over in silence.
 *
 * @param series {@code name{label,le=0.5}}: the labels it selects or groups by, without those that the scraping adds
 */
record Expression(Set<String> series) {

    private static final Set<String> ADDED_BY_SCRAPING = Set.of("service", "namespace", "instance", "job", "pod");
    private static final Set<String> WORDS = Set.of(
            "and",
            "or",
            "unless",
            "bool",
            "absent",
            "avg_over_time",
            "clamp_min",
            "count",
            "count_over_time",
            "histogram_quantile",
            "increase",
            "max",
            "min",
            "rate",
            "sum",
            "sum_over_time",
            "vector");

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\b\\s*(?:\\(([^)]*)\\))?");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"(\\d+)\"");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it has a word that is not understood
     */
    static Expression of(String promql) {
        List<String> texts = new ArrayList<>();
        String rest = replace(TEXT, promql, text -> {
            texts.add(text.group(1));
            return "\"" + (texts.size() - 1) + "\"";
        });
        rest = RANGE.matcher(rest).replaceAll("");
        Set<String> grouped = new TreeSet<>();
        rest = replace(GROUPING, rest, clause -> {
            if (clause.group(1).equals("by")) {
                grouped.addAll(labels(clause.group(2)));
            }
            return " ";
        });
        Set<String> series = new TreeSet<>();
        rest = replace(SELECTOR, rest, selector -> {
            series.add(series(selector, grouped, texts));
            return " ";
        });
        Matcher word = WORD.matcher(rest);
        while (word.find()) {
            if (!WORDS.contains(word.group())) {
                throw new IllegalArgumentException("'" + word.group() + "' is not understood in " + promql);
            }
        }
        return new Expression(series);
    }

    /** Those that a service must expose: not Prometheus' own, not those that rules record. */
    Set<String> exposed() {
        Set<String> exposed = new TreeSet<>(series);
        exposed.removeIf(one -> one.startsWith("up{") || one.equals("up") || one.indexOf(':') >= 0);
        return exposed;
    }

    /** Names of those that rules record. */
    Set<String> recorded() {
        Set<String> recorded = new TreeSet<>();
        for (String one : series) {
            if (one.indexOf(':') >= 0) {
                recorded.add(one.replaceFirst("\\{.*", ""));
            }
        }
        return recorded;
    }

    private static String series(MatchResult selector, Set<String> grouped, List<String> texts) {
        Set<String> labels = new TreeSet<>(grouped);
        Matcher matcher = MATCHER.matcher(selector.group(2));
        while (matcher.find()) {
            String label = matcher.group(1);
            boolean boundary = label.equals("le") && matcher.group(2).equals("=");
            labels.add(boundary ? "le=" + texts.get(Integer.parseInt(matcher.group(3))) : label);
        }
        labels.removeAll(ADDED_BY_SCRAPING);
        return labels.isEmpty() ? selector.group(1) : selector.group(1) + "{" + String.join(",", labels) + "}";
    }

    private static Set<String> labels(String list) {
        Set<String> labels = new TreeSet<>();
        for (String label : list.split(",", -1)) {
            if (!label.isBlank()) {
                labels.add(label.strip());
            }
        }
        return labels;
    }

    private static String replace(Pattern pattern, String text, java.util.function.Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
    }
}
