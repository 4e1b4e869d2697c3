package io.ashlar.filter.dataset;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import org.jspecify.annotations.Nullable;

/**
 * Lets one key name the database for both drivers: {@code ashlar.filter.database.url} is a JDBC URL, as everywhere in the
 * house, and the reactive driver takes the same without {@code jdbc:}. Runs after expressions are expanded.
 */
@Priority(Priorities.APPLICATION + 100)
public final class ReactiveUrl implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    static final String KEY = "quarkus.datasource.\"api\".reactive.url";
    static final String KEY_UNQUOTED = "quarkus.datasource.api.reactive.url";
    private static final String PREFIX = "jdbc:";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (value == null || !(name.equals(KEY) || name.equals(KEY_UNQUOTED))) {
            return value;
        }
        String url = value.getValue();
        return url != null && url.startsWith(PREFIX) ? value.withValue(url.substring(PREFIX.length())) : value;
    }
}
