package io.ashlar.guard.config;

import io.ashlar.filter.dsl.Suggestion;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds keys under {@code ashlar.} that nothing reads. */
final class KnownKeys {

    static final String HOUSE = "ashlar.";

    /** Ordinal of the application's own file (250); what overrides it is set by whoever installs. */
    private static final int SHIPPED_ORDINAL_MAX = 250;

    /** What builds, tests and the local stack pass to a JVM as system properties. */
    private static final Pattern TOOLING =
            Pattern.compile("ashlar\\.(root|home|stack|gates|banned|local|shared|bench|demo|test)(\\..*)?");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(ashlar\\.[A-Za-z0-9._\"\\[\\]-]+)");

    private static final List<String> SUPPLIED = List.of(
            "database.url",
            "database.direct-url",
            "database.name",
            "database.owner.username",
            "database.owner.password",
            "database.api.username",
            "database.api.password",
            "database.system.username",
            "database.system.password",
            "oidc.client-id",
            "oidc.client-secret",
            "oidc.token-url",
            "peers.authz",
            "peers.filter",
            "peers.router",
            "peers.ingest",
            "peers.export");

    /** How the source of environment variables is called. */
    private static final String ENVIRONMENT = "EnvConfigSource";

    private final Set<String> names = new TreeSet<>();
    private final Set<String> variables = new TreeSet<>();
    private final List<Pattern> patterns = new ArrayList<>();

    static KnownKeys of(SmallRyeConfig config, Collection<Class<?>> mappings) {
        KnownKeys known = new KnownKeys();
        for (Class<?> mapping : mappings) {
            @Nullable ConfigMapping annotation = mapping.getAnnotation(ConfigMapping.class);
            if (annotation != null) {
                ConfigClass.configClass(mapping, annotation.prefix())
                        .getProperties()
                        .keySet()
                        .forEach(known::add);
            }
        }
        for (String name : config.getPropertyNames()) {
            ConfigValue value = config.getConfigValue(name);
            if (name.startsWith(HOUSE) && value.getSourceOrdinal() <= SHIPPED_ORDINAL_MAX) {
                known.add(name);
            }
            String source = value.getConfigSourceName();
            if (source != null && source.startsWith(ENVIRONMENT)) {
                known.variables.add(name);
            }
            if (value.getRawValue() != null) {
                Matcher references = REFERENCE.matcher(value.getRawValue());
                while (references.find()) {
                    known.add(references.group(1));
                }
            }
        }
        return known;
    }

    /** What every install gives a server, whether or not this one needs all of it. */
    void addSupplied(String service) {
        String prefix = HOUSE + service + ".";
        SUPPLIED.forEach(key -> add(prefix + key));
    }

    /** A name as mappings spell it: {@code *} stands for one segment, {@code [*]} for an index. */
    void add(String name) {
        if (!name.startsWith(HOUSE)) {
            return;
        }
        if (name.contains("*")) {
            String regex =
                    Pattern.quote(name).replace("[*]", "\\E\\[[0-9]+\\]\\Q").replace("*", "\\E(\"[^\"]+\"|[^.\"]+)\\Q");
            patterns.add(Pattern.compile(regex));
        } else {
            names.add(name);
        }
    }

    List<String> complaints(Iterable<String> present) {
        List<String> complaints = new ArrayList<>();
        for (String name : present) {
            if (name.startsWith(HOUSE) && !TOOLING.matcher(name).matches() && !knows(name)) {
                @Nullable String nearest = Suggestion.nearest(name, names);
                complaints.add(nearest == null ? name : name + " (did you mean " + nearest + "?)");
            }
        }
        return complaints;
    }

    private boolean knows(String name) {
        String list = name.replaceFirst("\\[[0-9]+\\]$", "");
        return names.contains(name)
                || names.contains(list)
                || (variables.contains(name) && names.stream().anyMatch(known -> isVariableOf(name, known)))
                || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** A variable's underscores are read as dots where they may have stood for dashes: {@code …CLIENT_SECRET}. */
    private static boolean isVariableOf(String name, String known) {
        return name.equals(known.replace('-', '.'));
    }
}
