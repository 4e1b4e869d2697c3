package io.ashlar.guard.config;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/** Stops the start when a key is misspelled: a setting that is silently ignored is worse than a server that does not run. */
@ApplicationScoped
class UnknownKeyCheck {

    private static final int FIRST = 1;

    void check(@Observes @Priority(FIRST) StartupEvent start, Config config, BeanManager beans) {
        KnownKeys known = KnownKeys.of(config.unwrap(SmallRyeConfig.class), mappings(beans));
        known.addSupplied(config.getValue("ashlar.guard.service", String.class));
        List<String> complaints = known.complaints(config.getPropertyNames());
        if (!complaints.isEmpty()) {
            throw new IllegalStateException("unknown configuration keys: " + String.join(", ", complaints));
        }
    }

    private static Set<Class<?>> mappings(BeanManager beans) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .map(Bean::getTypes)
                .flatMap(Set<Type>::stream)
                .filter(type -> type instanceof Class<?> mapping && mapping.isAnnotationPresent(ConfigMapping.class))
                .map(type -> (Class<?>) type)
                .collect(Collectors.toUnmodifiableSet());
    }
}
