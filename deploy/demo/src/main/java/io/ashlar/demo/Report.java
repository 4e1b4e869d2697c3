package io.ashlar.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Runs the steps one after the other, says each as it is done, and prints the table. Not thread-safe. */
final class Report {

    private final PrintStream out;
    private final List<Step> steps = new ArrayList<>();

    Report(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs a step; what it throws ends the demo, with the step named.
     *
     * @throws DemoFailure if the step failed
     */
    void step(String name, Supplier<Step.Outcome> work) {
        out.printf("  … %s", name);
        out.flush();
        long started = System.nanoTime();
        Step.Outcome outcome;
        try {
            outcome = work.get();
        } catch (RuntimeException e) {
            out.println(" FAILED");
            throw new DemoFailure(name + ": " + e.getMessage(), e);
        }
        Step step = new Step(name, outcome.proven(), Duration.ofNanos(System.nanoTime() - started), outcome.where());
        steps.add(step);
        out.printf("\r  ✓ %s (%s)%n", name, seconds(step.took()));
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    void print() {
        int name = width("step", steps.stream().map(Step::name).toList());
        int proven = width("proven", steps.stream().map(Step::proven).toList());
        int where = width("where", steps.stream().map(Step::where).toList());
        String rule = "─".repeat(name + proven + where + 16);
        out.println();
        out.println(rule);
        out.println(line(name, proven, where, "step", "proven", "took", "where"));
        out.println(rule);
        for (Step step : steps) {
            out.println(line(name, proven, where, step.name(), step.proven(), seconds(step.took()), step.where()));
        }
        out.println(rule);
    }

    private static int width(String title, List<String> cells) {
        return cells.stream().mapToInt(String::length).reduce(title.length(), Math::max);
    }

    private static String line(int name, int proven, int where, String a, String b, String c, String d) {
        return (pad(a, name) + " │ " + pad(b, proven) + " │ " + " ".repeat(Math.max(0, 7 - c.length())) + c + " │ "
                        + pad(d, where))
                .stripTrailing();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.2f s", took.toMillis() / 1000.0);
    }
}
