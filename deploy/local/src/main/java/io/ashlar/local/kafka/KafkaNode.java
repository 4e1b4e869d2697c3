package io.ashlar.local.kafka;

import io.ashlar.local.process.Answering;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The broker as its clients see it, wherever it runs.
 *
 * @param clients where to connect
 */
public record KafkaNode(KafkaServer.Listener clients) implements Answering {

    private static final int TIMEOUT_MILLIS = 5_000;

    @Override
    public boolean ready() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        // The client retries and logs for as long as it lives: it is made only when something listens.
        try (java.net.Socket socket = new Socket(clients.host(), clients.port())) {
            if (!socket.isConnected()) {
                return false;
            }
        }
        try (Admin admin = admin()) {
            return !admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .isEmpty();
        }
    }

    @Override
    public void provision() throws InterruptedException, ExecutionException, TimeoutException {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            List<NewTopic> missing = HouseTopics.ALL.stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .map(HouseTopics::toNewTopic)
                    .toList();
            admin.createTopics(missing).all().get(3L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                clients.toString(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                3 * TIMEOUT_MILLIS));
    }
}
