package io.ashlar.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Stands where a service's build would be: reads its configuration as Quarkus does and shows it. */
final class FakeService {

    private FakeService() {}

    public static void main(String[] args) throws IOException {
        Properties configuration = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("config", "application.properties"))) {
            configuration.load(reader);
        }
        serve(configuration, "quarkus.management.port", "/q/health/ready", "UP");
        serve(
                configuration,
                "quarkus.http.port",
                "/",
                configuration.keySet().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList()
                                .toString()
                        + configuration.getProperty("ashlar.filter.peers.authz"));
    }

    private static void serve(Properties configuration, String port, String path, String text) throws IOException {
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), Integer.parseInt(configuration.getProperty(port))),
                8);
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }
}
