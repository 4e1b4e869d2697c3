package io.ashlar.export.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import io.ashlar.export.receipt.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Streams as the router does, with real trailers. By the first word of the data set's name: {@code flights} three rows,
 * {@code big} 300,000, {@code slow} without end, {@code flaky} cut twice and then whole, {@code cut} never whole, {@code forged}
 * with a digest of other rows, {@code stale} refused once with {@code consistency_pending}, {@code dear} and {@code wide} refused with
 * {@code query_too_costly}.
 */
final class StreamPeer {

    static final int BIG_ROWS = 300_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEADER = """
            {"header":{"fields":[{"name":"origin","type":"string"},{"name":"delay","type":"int64"}],"source":"replica-1",\
            "lag_ms":3,"consistency":"eventual","reason":"trial"}}
            """;

    private final Map<String, Integer> streamed = new ConcurrentHashMap<>();

    void answer(HttpExchange exchange, String body) throws IOException {
        String dataset = JSON.readTree(body).path("sealed").asText();
        int times = streamed.merge(dataset, 1, Integer::sum);
        String kind = dataset.split("-", 2)[0];
        if (kind.equals("stale") && times == 1) {
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().add("Retry-After", "1");
            HousePeers.reply(exchange, 503, """
                    {"type":"t","title":"t","status":503,"code":"consistency_pending","detail":"not yet"}""");
            return;
        }
        if (kind.equals("dear") || kind.equals("wide")) {
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            HousePeers.reply(exchange, 422, """
                    {"type":"t","title":"t","status":422,"code":"query_too_costly","detail":"Narrow it.","errors":[
                     {"code":"estimated_cost","pointer":"","detail":"12000000"},
                     {"code":"estimated_rows","pointer":"","detail":"3000000"},
                     {"code":"cost_ceiling","pointer":"","detail":"2000000"}]}""");
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            Rows rows = new Rows(out);
            out.write(HEADER.getBytes(UTF_8));
            switch (kind) {
                case "big" -> {
                    for (int i = 0; i < BIG_ROWS; i++) {
                        rows.write("[\"airport number " + i + " with a name as long as a name can be, and longer\"," + i
                                + "]\n");
                    }
                    rows.trailer(false);
                }
                case "slow" -> endless(rows);
                case "flaky", "cut" -> {
                    rows.write("[\"SFO\",12]\n");
                    if (kind.equals("flaky") && times > 2) {
                        rows.trailer(false);
                    }
                }
                default -> {
                    rows.write("[\"SFO\",12]\n");
                    rows.write("[\"=cmd|' /C calc'!A0\",-3]\n");
                    rows.write("[null,null]\n");
                    rows.trailer(kind.equals("forged"));
                }
            }
        }
    }

    /** Until the reader hangs up. */
    private static void endless(Rows rows) throws IOException {
        while (true) {
            rows.write("[\"SFO\",1]\n");
            rows.out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static final class Rows {
        private final OutputStream out;
        private final MessageDigest digest = Digests.sha256();
        private long count;

        Rows(OutputStream out) {
            this.out = out;
        }

        void write(String line) throws IOException {
            byte[] bytes = line.getBytes(UTF_8);
            digest.update(bytes);
            count++;
            out.write(bytes);
        }

        void trailer(boolean forged) throws IOException {
            String said = forged ? Digests.of("other rows".getBytes(UTF_8)) : Digests.text(digest);
            out.write("{\"trailer\":{\"complete\":true,\"rows\":%d,\"digest\":\"%s\",\"token\":\"v1.x\"}}\n"
                    .formatted(count, said)
                    .getBytes(UTF_8));
        }
    }
}
