package io.ashlar.router.cost;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalDouble;

/** What a statement may cost. Costs are in PostgreSQL's unit, one page read in sequence; 0 for no ceiling. */
@ConfigMapping(prefix = "ashlar.router.cost")
public interface CostConfig {

    /** For what people wait for. */
    @WithDefault("2000000")
    double ceiling();

    /** For what jobs read; none unless given: an export reads much because that is what it is for. */
    OptionalDouble jobCeiling();

    /** How long a cheap shape counts as such; meanwhile its tables grow. */
    @WithDefault("10m")
    Duration remember();

    /** Cheap shapes remembered at once, each of one tenant. */
    @WithDefault("10000")
    int shapes();
}
