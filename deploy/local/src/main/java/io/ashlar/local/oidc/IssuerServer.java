package io.ashlar.local.oidc;

import io.ashlar.local.process.Directories;
import io.ashlar.local.process.JavaCommand;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Program;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our issuer as a child JVM.
 *
 * @param classPath this module's classes and what they need
 * @param data its directory
 * @param settings written there before each start
 * @param accounts written there before the first start
 */
public record IssuerServer(List<Path> classPath, Path data, IssuerSettings settings, List<Account> accounts)
        implements Program {

    private static final int TIMEOUT_MILLIS = 2_000;

    @Override
    public Launch launch() throws IOException {
        Files.createDirectories(data);
        Directories.writeSecret(data.resolve(Issuer.SETTINGS), Http.JSON.writeValueAsBytes(settings));
        Path users = data.resolve(Issuer.USERS);
        if (!Files.isRegularFile(users)) {
            Accounts.write(users, accounts);
        }
        List<String> command = new ArrayList<>(JavaCommand.small(Issuer.class, "48m", classPath));
        // A client that sends or reads slowly holds one of few threads for at most so many seconds.
        command.addAll(1, List.of("-Dsun.net.httpserver.maxReqTime=10", "-Dsun.net.httpserver.maxRspTime=10"));
        command.add(data.toString());
        return new Launch("oidc", command, Map.of(), data, Launch.StopSignal.TERM);
    }

    /** The next start writes the accounts again; whoever was added is gone. */
    public static void forgetPeople(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(Issuer.USERS));
    }

    @Override
    public boolean ready() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(settings.url("/.well-known/openid-configuration"))
                .toURL()
                .openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } finally {
            connection.disconnect();
        }
    }
}
