package io.ashlar.demo;

import io.ashlar.local.Services.Service;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the doors of the services got their decisions, as their own meters {@code ashlar.guard.decisions} count it. authz decides in
 * its own process and the router asks for no permission: neither has these meters.
 *
 * @param byService counts since the start, of all instances of a service together
 */
record DecisionCounts(Map<Service, Counts> byService) {

    private static final Pattern SAMPLE =
            Pattern.compile("ashlar_guard_decisions_total\\{(?:[^}]*,)?result=\"(\\w+)\"[^}]*} (\\S+)(?: .*)?");

    /**
     * Of one service.
     *
     * @param hits out of the cache
     * @param misses asked of authz, or joined to a question under way
     * @param stale those of the misses that were asked because the change topic was behind
     */
    record Counts(long hits, long misses, long stale) {

        static final Counts NONE = new Counts(0, 0, 0);

        /** Hits in all that was decided; NaN where nothing was. */
        double rate() {
            return (double) hits / (hits + misses);
        }

        Counts plus(Counts other) {
            return new Counts(hits + other.hits, misses + other.misses, stale + other.stale);
        }

        Counts minus(Counts other) {
            return new Counts(hits - other.hits, misses - other.misses, stale - other.stale);
        }
    }

    DecisionCounts {
        byService = Map.copyOf(byService);
    }

    /** What the metrics pages of a service's instances say; none where they do not have the meter. */
    static DecisionCounts of(Map<Service, List<String>> pages) {
        Map<Service, Counts> counts = new EnumMap<>(Service.class);
        pages.forEach((service, texts) -> texts.stream()
                .filter(text -> text.contains("ashlar_guard_decisions_total{"))
                .map(DecisionCounts::read)
                .reduce(Counts::plus)
                .ifPresent(sum -> counts.put(service, sum)));
        return new DecisionCounts(counts);
    }

    private static Counts read(String page) {
        Map<String, Long> results = page.lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(
                        sample -> sample.group(1), sample -> (long) Double.parseDouble(sample.group(2)), Long::sum));
        return new Counts(
                results.getOrDefault("hit", 0L), results.getOrDefault("miss", 0L), results.getOrDefault("stale", 0L));
    }

    DecisionCounts since(DecisionCounts before) {
        Map<Service, Counts> difference = new EnumMap<>(Service.class);
        byService.forEach((service, counts) ->
                difference.put(service, counts.minus(before.byService.getOrDefault(service, Counts.NONE))));
        return new DecisionCounts(difference);
    }

    Counts all() {
        return byService.values().stream().reduce(Counts.NONE, Counts::plus);
    }

    /** By service, in their order: {@code filter 93 %, ingest 95 %}. */
    @Override
    public String toString() {
        return new TreeMap<>(byService)
                .entrySet().stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "%s %.0f %%",
                                one.getKey().key(),
                                100 * one.getValue().rate()))
                        .collect(Collectors.joining(", "));
    }
}
