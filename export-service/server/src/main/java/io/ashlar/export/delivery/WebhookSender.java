package io.ashlar.export.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One POST to one checked address: the name is used for TLS and the Host header only, never looked up again, and redirects
 * are not followed. The answer's body is not read.
 */
@Singleton
final class WebhookSender {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final HttpClient client;
    private final long timeoutMillis;

    WebhookSender(Vertx vertx, WebhookConfig config) {
        this.timeoutMillis = config.timeout().toMillis();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setMaxHeaderSize(16 * 1024)
                .setConnectTimeout(Math.toIntExact(timeoutMillis)));
    }

    void close(@Observes ShutdownEvent event) {
        client.close().onFailure(failure -> {
            throw new IllegalStateException("the webhook client did not close", failure);
        });
    }

    /**
     * Sends and waits for the status line.
     *
     * @return the status
     * @throws IOException if there is none in time
     */
    int post(WebhookTargets.Target.Open target, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        try {
            return client.request(options(target, headers))
                    .compose(request -> request.send(body))
                    .map(WebhookSender::status)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the webhook was not reached", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the webhook did not answer in " + timeoutMillis + " ms", e);
        }
    }

    private static int status(HttpClientResponse response) {
        int status = response.statusCode();
        response.request().connection().close();
        return status;
    }

    private RequestOptions options(WebhookTargets.Target.Open target, Map<String, String> headers) {
        URI uri = target.uri();
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(target.address(), port)))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(secure)
                .setFollowRedirects(false)
                .setTimeout(timeoutMillis)
                .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        headers.forEach(options::putHeader);
        return options;
    }
}
