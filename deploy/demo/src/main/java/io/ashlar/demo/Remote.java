package io.ashlar.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.ashlar.local.Endpoints;
import io.ashlar.local.Services.Service;
import io.ashlar.local.Tokens;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A platform somewhere else, told by the environment: {@code SMOKE_AUTHZ_URL} and so on for each service,
 * {@code SMOKE_TOKEN_URL}, and {@code SMOKE_USERS}, a JSON object of the trial users' passwords by name.
 */
final class Remote {

    private static final List<String> USERS = List.of("ana", "ed", "ada", "bob", "bea", "olga");

    private Remote() {}

    /**
     * The platform that {@code environment} names.
     *
     * @throws Arguments.Wrong naming everything that is missing
     */
    static Target of(Map<String, String> environment) {
        List<String> missing = new ArrayList<>();
        Map<Service, URI> urls = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            String name = "SMOKE_" + service.key().toUpperCase(Locale.ROOT) + "_URL";
            String url = environment.getOrDefault(name, "");
            if (url.isBlank()) {
                missing.add(name);
            } else {
                urls.put(service, URI.create(url));
            }
        }
        String tokenUrl = environment.getOrDefault("SMOKE_TOKEN_URL", "");
        if (tokenUrl.isBlank()) {
            missing.add("SMOKE_TOKEN_URL");
        }
        Map<String, String> passwords = passwords(environment.getOrDefault("SMOKE_USERS", "{}"));
        USERS.stream().filter(user -> !passwords.containsKey(user)).forEach(user -> missing.add("SMOKE_USERS." + user));
        if (!missing.isEmpty()) {
            throw new Arguments.Wrong("the environment lacks " + String.join(", ", missing));
        }
        Endpoints.Secrets secrets = new Endpoints.Secrets(Map.of(), "", "", "", Map.of(), passwords, "");
        Tokens tokens = Tokens.of(new Endpoints(Map.of(), Map.of(), "", tokenUrl, secrets));
        return new Target(new Api(urls::get), tokens::user);
    }

    private static Map<String, String> passwords(String json) {
        Map<String, String> passwords = new HashMap<>();
        for (Map.Entry<String, JsonNode> user : Api.parse(json).properties()) {
            passwords.put(user.getKey(), user.getValue().asText());
        }
        return passwords;
    }
}
