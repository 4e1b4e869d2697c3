package io.ashlar.kubernetes.render;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A service's rendered application.properties. */
final class ServiceProperties {

    private ServiceProperties() {}

    static Map<String, String> of(Manifests rendered, String configMap) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(
                    rendered.named(ConfigMap.class, configMap).getData().get("application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
