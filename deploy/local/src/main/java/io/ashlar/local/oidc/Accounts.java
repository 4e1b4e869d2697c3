package io.ashlar.local.oidc;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ashlar.local.process.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts, kept in a file so that those added by trials survive a restart. Thread-safe. */
final class Accounts {

    private static final int MAX_ACCOUNTS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, Account> byName = new LinkedHashMap<>();

    private Accounts(Path file, List<Account> accounts) {
        this.file = file;
        accounts.forEach(account -> byName.put(account.name(), account));
    }

    static Accounts load(Path file) throws IOException {
        return new Accounts(file, JSON.readValue(file.toFile(), new TypeReference<List<Account>>() {}));
    }

    /** Writes a first file. */
    static void write(Path file, Collection<Account> accounts) throws IOException {
        Directories.writeSecret(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(accounts));
    }

    synchronized Optional<Account> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The account if the password is right; takes as long for a name that is unknown. */
    Optional<Account> signIn(String name, String password) {
        Optional<Account> found = find(name);
        boolean right = Secrets.same(found.map(Account::password).orElse("-"), password);
        return right ? found : Optional.empty();
    }

    synchronized void put(Account account) throws IOException {
        if (byName.size() >= MAX_ACCOUNTS && !byName.containsKey(account.name())) {
            throw new IllegalArgumentException("more than " + MAX_ACCOUNTS + " accounts");
        }
        byName.put(account.name(), account);
        write(file, byName.values());
    }
}
