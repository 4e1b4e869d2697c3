package io.ashlar.guard.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;

/** The buckets our service levels are measured with: 5, 10, 25, 50, 100, 200, 500 and 1,500 ms. */
@ApplicationScoped
class ServiceLevelBuckets {

    private static final String REQUESTS = "http.server.requests";
    private static final double[] BOUNDARY_NANOS = Arrays.stream(new double[] {5, 10, 25, 50, 100, 200, 500, 1_500})
            .map(millis -> millis * 1_000_000)
            .toArray();

    @Produces
    @Singleton
    MeterFilter requestBuckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS)
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(BOUNDARY_NANOS)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }
}
