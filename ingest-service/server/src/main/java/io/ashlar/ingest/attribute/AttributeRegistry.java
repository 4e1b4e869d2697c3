package io.ashlar.ingest.attribute;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A tenant's attributes by name, kept for a while. Thread-safe. */
@ApplicationScoped
public class AttributeRegistry {

    private final AttributeStore store;
    private final AttributeConfig config;
    private final Cache<UUID, Map<String, DeclaredAttribute>> byTenant;

    AttributeRegistry(AttributeStore store, AttributeConfig config) {
        this.store = store;
        this.config = config;
        this.byTenant = Caffeine.newBuilder()
                .maximumSize(config.cacheTenants())
                .expireAfterWrite(config.cacheLife())
                .build();
    }

    /** What is known, at most {@link AttributeConfig#cacheLife()} old. */
    public Map<String, DeclaredAttribute> of(UUID tenant) {
        return byTenant.get(tenant, this::load);
    }

    /** What is so now. */
    public Map<String, DeclaredAttribute> fresh(UUID tenant) {
        Map<String, DeclaredAttribute> loaded = load(tenant);
        byTenant.put(tenant, loaded);
        return loaded;
    }

    private Map<String, DeclaredAttribute> load(UUID tenant) {
        return store.page(tenant, "", config.perTenant()).stream()
                .collect(Collectors.toUnmodifiableMap(DeclaredAttribute::name, Function.identity()));
    }
}
