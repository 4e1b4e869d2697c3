package io.ashlar.demo;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.ashlar.demo.ApiDifferences.Difference;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every service says of itself what is kept in the repository, to anybody. {@code -Dashlar.openapi.update=true} keeps what is
 * said now if no client is hurt, {@code =breaking} in any case.
 */
class ApiDocumentIT {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    /** More than any limit lets a caller have at once. */
    private static final int MANY = 400;

    private static HttpResponse<String> get(Service service, String path) throws IOException, InterruptedException {
        URI uri = URI.create(PLATFORM.platform().services().url(service) + path);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isTheKeptOne(Service service) throws Exception {
        HttpResponse<String> answer = get(service, "/q/openapi");
        assertEquals(200, answer.statusCode(), answer.body());
        String update = System.getProperty("ashlar.openapi.update", "false");
        if (!update.equals("false") && !Files.exists(ApiDocuments.file(service))) {
            ApiDocuments.keep(service, answer.body());
        }
        List<Difference> differences =
                ApiDifferences.between(ApiDocuments.kept(service), ApiDocuments.parse(answer.body()));
        boolean breaking = differences.stream().anyMatch(Difference::breaking);
        if (update.equals("breaking") || (update.equals("true") && !breaking)) {
            ApiDocuments.keep(service, answer.body());
        } else if (!differences.isEmpty()) {
            fail("%s/server/openapi.yaml is not what the running service says:%n%s%n%s"
                    .formatted(
                            service.folder(),
                            differences.stream().map(Difference::toString).collect(joining(System.lineSeparator())),
                            breaking
                                    ? "A breaking difference needs a new version of the API and a deprecation date in the"
                                            + " CHANGELOG; before the first release, -Dashlar.openapi.update=breaking."
                                    : "Keep it with -Dashlar.openapi.update=true, and say it in the CHANGELOG."));
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasAPageToTryIt(Service service) throws Exception {
        HttpResponse<String> page = get(service, "/q/swagger-ui/");

        assertEquals(200, page.statusCode(), page.body());
        assertTrue(page.body().contains("swagger-ui-bundle.js"), page.body());
    }

    @ParameterizedTest
    @EnumSource(names = "FILTER")
    void isGivenToAnybodyHoweverOften(Service service) throws Exception {
        URI uri = URI.create(PLATFORM.platform().services().url(service) + "/q/openapi");
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < MANY; i++) {
                assertEquals(
                        200,
                        http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode());
            }
        }
    }
}
