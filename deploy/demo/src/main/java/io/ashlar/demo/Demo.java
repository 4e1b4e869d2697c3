package io.ashlar.demo;

import io.ashlar.demo.Api.Answer;
import io.ashlar.demo.Step.Outcome;
import io.ashlar.local.Stack.Server;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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
        report.step("one replica killed", this::replicaKilled);
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
