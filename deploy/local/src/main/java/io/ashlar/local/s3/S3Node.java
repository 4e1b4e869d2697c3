package io.ashlar.local.s3;

import io.ashlar.local.process.Answering;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * The S3 endpoint as its clients see it, wherever it runs.
 *
 * @param host where to connect
 * @param port where to connect
 */
public record S3Node(String host, int port) implements Answering {

    private static final int TIMEOUT_MILLIS = 2_000;

    /** Answers, and refuses who does not sign. */
    @Override
    public boolean ready() throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + host + ":" + port + "/").toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } finally {
            connection.disconnect();
        }
    }
}
