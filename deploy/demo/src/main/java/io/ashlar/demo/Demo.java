package io.ashlar.demo;

import io.ashlar.demo.Api.Answer;
import io.ashlar.demo.Step.Outcome;
import io.ashlar.local.Services;
import io.ashlar.local.Services.Instance;
import io.ashlar.local.Stack.Server;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The whole journey on servers of its own, so that one of them can be killed at the end. */
final class Demo {

    private final Platform platform;
    private final Journey journey;
    private final Report report;

    Demo(Platform platform, Flights flights, Report report, Path files) {
        this.platform = platform;
        this.journey = new Journey(platform.target(), flights, report, files, "demo");
        this.report = report;
    }

    void run() {
        journey.run();
        report.step("mixed load", new MixedLoad(platform.target(), this::decisions)::run);
        report.step("one replica killed", this::replicaKilled);
    }

    /** As the living instances of all services tell it on their metrics pages. */
    private DecisionCounts decisions() {
        Services services = platform.services();
        return DecisionCounts.of(services.instances().stream()
                .filter(services::alive)
                .collect(Collectors.groupingBy(
                        Instance::service,
                        Collectors.mapping(
                                instance -> platform.api()
                                        .page(instance.managementUrl().resolve("/q/metrics")),
                                Collectors.toList()))));
    }

    private Outcome replicaKilled() {
        platform.stack().kill(Server.DATA_REPLICA_1);
        Map<String, Integer> sources = new LinkedHashMap<>();
        int reads = 40;
        String lag = "";
        for (int i = 0; i < reads; i++) {
            Answer answer = journey.lateFlights("ed", ",\"page\":{\"limit\":5}", Map.of());
            sources.merge(answer.string("source"), 1, Integer::sum);
            lag = answer.string("lag_ms");
        }
        return new Outcome(reads + " reads, none failed", sources.keySet() + ", lag " + lag + " ms");
    }
}
