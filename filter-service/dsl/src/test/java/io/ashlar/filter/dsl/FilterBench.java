package io.ashlar.filter.dsl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.local.bench.Reading;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/** A reading, not an assertion: runs {@link LanguageBenchmark} by JMH in JVMs of its own and keeps what it found. */
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
final class FilterBench {

    @Test
    void read() throws IOException, RunnerException {
        Reading reading = Reading.of("filter-dsl");
        var options = new OptionsBuilder()
                .include(LanguageBenchmark.class.getName())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        reading.node().put("jmh", "1.37, 1 fork, 10 warm-up and 5 measured iterations of 2 s, gc profiler");
        for (RunResult run : new Runner(options).run()) {
            String name = run.getParams().getBenchmark();
            put(reading.node().putObject(name.substring(name.lastIndexOf('.') + 1)), run);
        }
        reading.write();
    }

    private static void put(ObjectNode node, RunResult run) {
        Statistics statistics = run.getPrimaryResult().getStatistics();
        if (run.getParams().getMode() == Mode.SampleTime) {
            node.put("p50_nanos", Math.round(statistics.getPercentile(50)));
            node.put("p95_nanos", Math.round(statistics.getPercentile(95)));
            node.put("p99_nanos", Math.round(statistics.getPercentile(99)));
            node.put("mean_nanos", Math.round(statistics.getMean()));
        } else {
            // JMH counts operations per nanosecond here.
            node.put("rows_per_second", Math.round(statistics.getMean() * 1e9));
            node.put("rows_per_second_worst_iteration", Math.round(statistics.getMin() * 1e9));
        }
        Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated == null) {
            allocated = run.getSecondaryResults().get("·gc.alloc.rate.norm");
        }
        if (allocated != null) {
            node.put("bytes_allocated", Math.round(allocated.getScore()));
        }
    }
}
