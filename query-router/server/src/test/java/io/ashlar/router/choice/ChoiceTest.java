package io.ashlar.router.choice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ashlar.authz.call.Consistency.Level;
import io.ashlar.router.node.Node;
import io.ashlar.router.token.ConsistencyToken;
import io.ashlar.router.token.LogPosition;
import io.ashlar.router.topology.NodeState;
import io.ashlar.router.topology.Topology;
import io.ashlar.router.topology.TopologyFixture;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The choice of a node, case by case: {@code src/test/resources/choice/cases.yaml}. */
class ChoiceTest {

    private static final long NOW = TimeUnit.HOURS.toNanos(1);
    private static final UUID TENANT = new UUID(1, 1);

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        try (InputStream in = ChoiceTest.class.getResourceAsStream("/choice/cases.yaml")) {
            List<JsonNode> cases = new ArrayList<>();
            new YAMLMapper().readTree(in).forEach(cases::add);
            return cases.stream()
                    .map(one -> DynamicTest.dynamicTest(one.get("name").textValue(), () -> assertThat(
                                    words(Choice.of(need(one.get("need")), situation(one), node -> 0)))
                            .isEqualTo(one.get("then").textValue())));
        }
    }

    private static String words(Choice choice) {
        return switch (choice) {
            case Choice.Read read ->
                "read " + read.node().name() + " " + read.reason().wire();
            case Choice.Wait wait ->
                Stream.concat(Stream.of("wait"), wait.nodes().stream().map(Node::name))
                        .collect(Collectors.joining(" "));
            case Choice.Refuse refuse -> "refuse " + refuse.error().code();
        };
    }

    private static Need need(JsonNode json) {
        List<LogPosition> positions = new ArrayList<>();
        json.path("token").forEach(text -> {
            String[] parts = text.textValue().split(":", 2);
            positions.add(new LogPosition(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
        });
        return new Need(
                Level.valueOf(json.get("level").textValue().toUpperCase(Locale.ROOT)),
                json.has("staleness") ? Duration.ofMillis(json.get("staleness").longValue()) : null,
                json.has("token")
                        ? new ConsistencyToken(
                                json.path("incarnation").asInt(1), TENANT, positions, Map.of(), Instant.EPOCH)
                        : null);
    }

    private static Choice.Situation situation(JsonNode json) {
        List<NodeState> states = new ArrayList<>();
        json.get("nodes")
                .properties()
                .forEach(entry -> states.add(state(
                        new Node(entry.getKey(), "host-" + entry.getKey(), 5432),
                        entry.getValue().textValue())));
        Map<Integer, Long> ended = new HashMap<>();
        json.path("ended")
                .properties()
                .forEach(entry -> ended.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().longValue()));
        Topology topology =
                TopologyFixture.of(states, json.path("timeline").asInt(TopologyFixture.youngest(states)), ended);
        Set<String> unusable = names(json.path("unusable"));
        Set<String> stale = names(json.path("stale"));
        return new Choice.Situation(
                topology,
                NOW,
                1,
                Duration.ofSeconds(3),
                Duration.ofMillis(250),
                node -> !unusable.contains(node.name()),
                node -> stale.contains(node.name()),
                node -> json.path("in_flight").path(node.name()).asInt(),
                json.path("waited").asBoolean());
    }

    private static NodeState state(Node node, String text) {
        if (text.equals("down")) {
            return new NodeState.Unreachable(node, "connect");
        }
        String[] words = text.split("[@: ]", -1);
        int timeline = Integer.parseInt(words[1]);
        long lsn = Long.parseLong(words[2]);
        if (words[0].equals("primary")) {
            return new NodeState.Primary(node, timeline, lsn);
        }
        @Nullable Long freshAt =
                words.length > 4 ? Long.valueOf(NOW - TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[4]))) : null;
        return new NodeState.Replica(node, timeline, lsn, freshAt);
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new HashSet<>();
        json.forEach(name -> names.add(name.textValue()));
        return names;
    }
}
