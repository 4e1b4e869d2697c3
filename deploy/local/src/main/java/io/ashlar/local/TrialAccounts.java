package io.ashlar.local;

import io.ashlar.local.oidc.Account;
import io.ashlar.local.oidc.Client;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who can sign in from the start: two tenants' people, an operator, and the five services. */
final class TrialAccounts {

    /** The public client of the command line: password grant. */
    static final String COMMAND_LINE = "ashlar-cli";

    /** The public client of pages: authorization code with PKCE. */
    static final String WEB = "ashlar-web";

    static final List<String> SERVICES =
            ServiceConfig.SERVICES.stream().map(service -> "ashlar-" + service).toList();

    /** What pages may be sent back to. */
    static final Set<String> REDIRECT_PATHS =
            Set.of("/callback", "/q/swagger-ui/oauth2-redirect.html", "/oauth2-redirect.html");

    private static final Set<String> ON_BEHALF = Set.of("ashlar-filter", "ashlar-ingest", "ashlar-export");

    private TrialAccounts() {}

    /** Fixed on loopback, so that documents can name them. */
    static String fixedPassword(String name) {
        return name + "-trial";
    }

    static List<Account> people(UnaryOperator<String> password) {
        return List.of(
                person(password, "ana", 1, TrialUser.TENANT_A, List.of("pwd")),
                person(password, "ed", 2, TrialUser.TENANT_A, List.of("pwd")),
                person(password, "ada", 3, TrialUser.TENANT_A, List.of("pwd", "mfa")),
                person(password, "bob", 4, TrialUser.TENANT_B, List.of("pwd")),
                person(password, "bea", 5, TrialUser.TENANT_B, List.of("pwd", "mfa")),
                person(password, "olga", 6, null, List.of("pwd", "mfa")));
    }

    static List<String> names() {
        return people(UnaryOperator.identity()).stream().map(Account::name).toList();
    }

    private static Account person(
            UnaryOperator<String> password, String name, int number, @Nullable String tenant, List<String> amr) {
        List<String> roles = tenant == null ? List.of("platform:admin") : List.of();
        String sub = "00000000-0000-4000-8000-00000000000" + number;
        return new Account(name, password.apply(name), sub, tenant, roles, amr);
    }

    static List<Client> clients(Map<String, String> secrets) {
        List<Client> clients = new ArrayList<>();
        for (String id : SERVICES) {
            clients.add(Client.service(id, secrets.get(id), roles(id)));
        }
        clients.add(Client.commandLine(COMMAND_LINE));
        clients.add(Client.web(WEB, REDIRECT_PATHS));
        return clients;
    }

    static List<String> roles(String service) {
        return ON_BEHALF.contains(service)
                ? List.of("platform:service", "platform:on-behalf-of")
                : List.of("platform:service");
    }

    static Map<String, String> passwords(UnaryOperator<String> password) {
        Map<String, String> passwords = new LinkedHashMap<>();
        names().forEach(name -> passwords.put(name, password.apply(name)));
        return passwords;
    }
}
