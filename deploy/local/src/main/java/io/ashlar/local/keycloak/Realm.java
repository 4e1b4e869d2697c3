package io.ashlar.local.keycloak;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ashlar.local.oidc.Account;
import io.ashlar.local.oidc.Client;
import io.ashlar.local.oidc.IssuerSettings;
import java.util.List;
import java.util.Map;

/**
 * The realm {@code ashlar} as Keycloak imports it. Claims come from user attributes by the realm's own client scopes: who it is,
 * the tenant, the platform roles, how one signed in; nothing of Keycloak's defaults (its roles, its scopes) gets into tokens.
 * Service accounts may exchange a user's token that was asked for with the scope {@code ashlar-exchange} (RFC 8693) for one that
 * they are given for that user.
 */
final class Realm {

    static final String NAME = "ashlar";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IDENTITY = "ashlar-identity";
    private static final String TENANT = "ashlar-tenant";
    private static final String ROLES = "ashlar-roles";
    private static final String SIGN_IN = "ashlar-sign-in";
    private static final String EXCHANGE = "ashlar-exchange";
    private static final int FIRST_SERVICE_PORT = 8081;
    private static final int LAST_SERVICE_PORT = 8085;

    private Realm() {}

    static byte[] json(IssuerSettings settings, List<Account> accounts) throws java.io.IOException {
        ObjectNode realm = JSON.createObjectNode();
        realm.put("realm", NAME).put("enabled", true).put("sslRequired", "none");
        realm.put("accessTokenLifespan", settings.tokenSeconds());
        realm.put("registrationAllowed", false).put("bruteForceProtected", true);
        scopes(realm.putArray("clientScopes"), settings);
        ArrayNode clients = realm.putArray("clients");
        ArrayNode users = realm.putArray("users");
        for (Client client : settings.clients()) {
            clients.add(client(client));
            if (!client.roles().isEmpty()) {
                users.add(serviceAccount(client));
            }
        }
        accounts.forEach(account -> users.add(user(account)));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(realm);
    }

    private static void scopes(ArrayNode scopes, IssuerSettings settings) {
        scope(scopes, IDENTITY)
                .add(mapper(
                        "audience", "oidc-audience-mapper", Map.of("included.custom.audience", settings.audience())))
                .add(mapper("sub", "oidc-sub-mapper", Map.of()))
                .add(attribute("preferred_username", "preferred_username", false));
        scope(scopes, TENANT).add(attribute("tenant_id", "tenant_id", false));
        scope(scopes, ROLES).add(attribute("roles", "roles", true));
        scope(scopes, SIGN_IN).add(attribute("amr", "amr", true));
        ArrayNode exchange = scope(scopes, EXCHANGE);
        settings.clients().stream()
                .filter(client -> client.mayUse(Client.CLIENT_CREDENTIALS))
                .forEach(client -> exchange.add(
                        mapper(client.id(), "oidc-audience-mapper", Map.of("included.client.audience", client.id()))));
    }

    /** The mappers of a new scope, which its tokens do not name. */
    private static ArrayNode scope(ArrayNode scopes, String name) {
        ObjectNode scope = scopes.addObject();
        scope.put("name", name).put("protocol", "openid-connect");
        scope.putObject("attributes").put("include.in.token.scope", "false").put("display.on.consent.screen", "false");
        return scope.putArray("protocolMappers");
    }

    private static ObjectNode client(Client client) {
        boolean service = client.mayUse(Client.CLIENT_CREDENTIALS);
        ObjectNode node = JSON.createObjectNode();
        node.put("clientId", client.id()).put("enabled", true).put("protocol", "openid-connect");
        node.put("publicClient", client.secret().isEmpty()).put("fullScopeAllowed", false);
        if (!client.secret().isEmpty()) {
            node.put("secret", client.secret());
        }
        node.put("serviceAccountsEnabled", service);
        node.put("directAccessGrantsEnabled", client.mayUse(Client.PASSWORD));
        node.put("standardFlowEnabled", client.mayUse(Client.AUTHORIZATION_CODE));
        ArrayNode redirects = node.putArray("redirectUris");
        for (String path : client.redirectPaths()) {
            for (int port = FIRST_SERVICE_PORT; port <= LAST_SERVICE_PORT; port++) {
                redirects.add("http://127.0.0.1:" + port + path);
                redirects.add("http://localhost:" + port + path);
            }
        }
        node.putArray("webOrigins").add("+");
        node.putObject("attributes")
                .put("pkce.code.challenge.method", "S256")
                .put("standard.token.exchange.enabled", Boolean.toString(service));
        ArrayNode scopes = node.putArray("defaultClientScopes");
        List.of(IDENTITY, TENANT, ROLES, SIGN_IN).forEach(scopes::add);
        ArrayNode optional = node.putArray("optionalClientScopes");
        if (!service) {
            optional.add(EXCHANGE);
        }
        node.putArray("protocolMappers").add(fixed("client_id", client.id()));
        return node;
    }

    private static ObjectNode fixed(String claim, String value) {
        return mapper(
                claim,
                "oidc-hardcoded-claim-mapper",
                Map.of("claim.name", claim, "claim.value", value, "jsonType.label", "String"));
    }

    private static ObjectNode attribute(String attribute, String claim, boolean many) {
        return mapper(
                claim,
                "oidc-usermodel-attribute-mapper",
                Map.of(
                        "user.attribute",
                        attribute,
                        "claim.name",
                        claim,
                        "jsonType.label",
                        "String",
                        "multivalued",
                        Boolean.toString(many)));
    }

    private static ObjectNode mapper(String name, String type, Map<String, String> config) {
        ObjectNode node = JSON.createObjectNode();
        node.put("name", name).put("protocol", "openid-connect").put("protocolMapper", type);
        ObjectNode settings = node.putObject("config");
        settings.put("access.token.claim", "true")
                .put("id.token.claim", "true")
                .put("introspection.token.claim", "true");
        config.forEach(settings::put);
        return node;
    }

    private static ObjectNode user(Account account) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", account.sub()).put("username", account.name()).put("enabled", true);
        // Without these Keycloak asks for them at the first sign-in.
        node.put("firstName", account.name()).put("lastName", "Trial");
        node.put("email", account.name() + "@trial.invalid").put("emailVerified", true);
        ObjectNode credential = node.putArray("credentials").addObject();
        credential.put("type", "password").put("value", account.password()).put("temporary", false);
        ObjectNode attributes = node.putObject("attributes");
        attributes.putArray("preferred_username").add(account.name());
        if (account.tenantId() != null) {
            attributes.putArray("tenant_id").add(account.tenantId());
        }
        account.roles().forEach(attributes.putArray("roles")::add);
        account.amr().forEach(attributes.putArray("amr")::add);
        return node;
    }

    private static ObjectNode serviceAccount(Client client) {
        ObjectNode node = JSON.createObjectNode();
        // Its id is what tokens name: the client's.
        node.put("id", client.id());
        node.put("username", "service-account-" + client.id()).put("enabled", true);
        node.put("serviceAccountClientId", client.id());
        ObjectNode attributes = node.putObject("attributes");
        attributes.putArray("preferred_username").add(client.id());
        client.roles().forEach(attributes.putArray("roles")::add);
        return node;
    }
}
