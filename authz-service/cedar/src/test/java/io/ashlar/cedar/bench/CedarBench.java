package io.ashlar.cedar.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.cedar.eval.CompiledPolicySet;
import io.ashlar.cedar.eval.Request;
import io.ashlar.cedar.syntax.PolicyParser;
import io.ashlar.cedar.value.EntityStore;
import io.ashlar.local.bench.Reading;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
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

/** A reading, not an assertion: runs both benchmarks by JMH in JVMs of their own, one after the other, and keeps what they found. */
@EnabledIfSystemProperty(named = "ashlar.bench", matches = "true")
final class CedarBench {

    private static final int CHECKS_PER_ROUND = 500_000;
    private static final int ROUNDS = 8;

    @Test
    void read() throws IOException, RunnerException {
        Reading reading = Reading.of("cedar-check");
        reading.node().put("jmh", "1.37, 1 fork, 1 thread, 4 warm-up and 5 measured iterations of 1 s, gc profiler");
        double ours = 0;
        double theirs = 0;
        double many = 0;
        var options = new OptionsBuilder()
                .include(getClass().getPackageName())
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build();
        for (RunResult run : new Runner(options).run()) {
            String benchmark = run.getParams().getBenchmark();
            String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
            boolean reference = benchmark.contains(ReferenceBenchmark.class.getSimpleName());
            String policies = reference
                    ? Integer.toString(Trial.POLICIES)
                    : run.getParams().getParam("policies");
            put(reading.node().withObject("/" + (reference ? "cedar_java" : name) + "/policies_" + policies), run);
            if (run.getParams().getMode() == Mode.Throughput && name.equals("check")) {
                double perNano = run.getPrimaryResult().getScore();
                if (reference) {
                    theirs = perNano;
                } else if (policies.equals("50")) {
                    ours = perNano;
                } else {
                    many = perNano;
                }
            }
        }
        // The median is what a check costs when nobody else takes the core meanwhile.
        double p50 = median(reading, "50");
        reading.node()
                .put("checks_per_cpu_second", perCpuSecond())
                .put("p50_of_10000_to_50_policies", Reading.rounded(median(reading, "10000") / p50))
                .put("ratio_to_cedar_java", Math.round(ours / theirs))
                .put("cost_of_10000_to_50_policies", Reading.rounded(ours / many));
        reading.write();
    }

    /** By the processor's time of this thread, whoever else was served meanwhile. */
    private static long perCpuSecond() {
        CompiledPolicySet policies = CompiledPolicySet.of(PolicyParser.policySet(Trial.policies(Trial.POLICIES)));
        EntityStore store = EntityStore.of(Trial.entities());
        List<Request> requests = Trial.requests();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = 0;
        int allowed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < CHECKS_PER_ROUND; i++) {
                Request request = requests.get(i % Trial.REQUESTS);
                allowed += policies.decide(request, store, io.ashlar.cedar.Mode.STRICT)
                                .allowed()
                        ? 1
                        : 0;
            }
            long nanos = threads.getCurrentThreadCpuTime() - before;
            best = Math.max(best, Math.round(CHECKS_PER_ROUND * 1e9 / nanos));
        }
        if (allowed == 0) {
            throw new IllegalStateException("nothing was allowed: that is no trial");
        }
        return best;
    }

    private static double median(Reading reading, String policies) {
        return reading.node()
                .path("check")
                .path("policies_" + policies)
                .path("p50_nanos")
                .asDouble();
    }

    private static void put(ObjectNode node, RunResult run) {
        Statistics statistics = run.getPrimaryResult().getStatistics();
        if (run.getParams().getMode() == Mode.SampleTime) {
            node.put("p50_nanos", Math.round(statistics.getPercentile(50)));
            node.put("p99_nanos", Math.round(statistics.getPercentile(99)));
            node.put("p999_nanos", Math.round(statistics.getPercentile(99.9)));
            return;
        }
        // JMH counts operations per nanosecond here.
        node.put("checks_per_second", Math.round(statistics.getMean() * 1e9));
        node.put("checks_per_second_worst_iteration", Math.round(statistics.getMin() * 1e9));
        Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated == null) {
            allocated = run.getSecondaryResults().get("\u00b7gc.alloc.rate.norm");
        }
        if (allocated != null) {
            node.put("bytes_allocated", Math.round(allocated.getScore()));
        }
    }
}
