package io.ashlar.local.oidc;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Bounded requests and plain answers over the JDK's server. */
final class Http {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int MAX_BODY_BYTES = 16_384;
    private static final Pattern LOOPBACK_ORIGIN =
            Pattern.compile("http://(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private Http() {}

    /** An error with the code and status of RFC 6749 §5.2. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        Refused(int status, String code, String description) {
            super(description);
            this.status = status;
            this.code = code;
        }

        int status() {
            return status;
        }

        String code() {
            return code;
        }
    }

    /** A handler that may refuse. */
    interface Handler {
        void handle(HttpExchange exchange) throws IOException, Refused;
    }

    /** Turns refusals into answers; anything else is a 500 without details, and one line in the log. */
    static HttpHandler guarded(Handler handler) {
        return exchange -> {
            try (exchange) {
                allowLoopbackPages(exchange);
                try {
                    if (exchange.getRequestMethod().equals("OPTIONS")) {
                        exchange.sendResponseHeaders(204, -1);
                    } else {
                        handler.handle(exchange);
                    }
                } catch (Refused refused) {
                    if (refused.status() == 401) {
                        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"ashlar\"");
                    }
                    json(
                            exchange,
                            refused.status(),
                            Map.of("error", refused.code(), "error_description", String.valueOf(refused.getMessage())));
                } catch (RuntimeException e) {
                    log("request failed path=" + exchange.getHttpContext().getPath() + " error=" + e);
                    json(exchange, 500, Map.of("error", "server_error"));
                }
            }
        };
    }

    /** The issuer's log is its output. */
    static void log(String line) {
        java.lang.System.Logger logger = java.lang.System.getLogger("io.ashlar.local.oidc");
        logger.log(java.lang.System.Logger.Level.INFO, line);
    }

    /** Swagger UI and the like, on the same machine, may read the answers. */
    private static void allowLoopbackPages(HttpExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && LOOPBACK_ORIGIN.matcher(origin).matches()) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "authorization, content-type");
            exchange.getResponseHeaders().set("Vary", "Origin");
        }
    }

    static void require(HttpExchange exchange, String method) throws Refused {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new Refused(405, "invalid_request", "only " + method);
        }
    }

    static byte[] body(HttpExchange exchange) throws IOException, Refused {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new Refused(413, "invalid_request", "body over " + MAX_BODY_BYTES + " bytes");
        }
        return body;
    }

    static Map<String, String> form(HttpExchange exchange) throws IOException, Refused {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/x-www-form-urlencoded")) {
            throw new Refused(415, "invalid_request", "only application/x-www-form-urlencoded");
        }
        return parameters(new String(body(exchange), StandardCharsets.UTF_8));
    }

    static Map<String, String> query(HttpExchange exchange) throws Refused {
        String query = exchange.getRequestURI().getRawQuery();
        return parameters(query == null ? "" : query);
    }

    /** Empty values count as absent; a parameter given twice is refused (RFC 6749 §3.1). */
    private static Map<String, String> parameters(String encoded) throws Refused {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && equals < pair.length() - 1) {
                try {
                    String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                    String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                    if (parameters.put(name, value) != null) {
                        throw new Refused(400, "invalid_request", name + " is given twice");
                    }
                } catch (IllegalArgumentException malformed) {
                    throw new Refused(400, "invalid_request", "malformed percent-encoding");
                }
            }
        }
        return parameters;
    }

    static String parameter(Map<String, String> parameters, String name) throws Refused {
        String value = parameters.get(name);
        if (value == null) {
            throw new Refused(400, "invalid_request", name + " is missing");
        }
        return value;
    }

    static void json(HttpExchange exchange, int status, Object value) throws IOException {
        send(exchange, status, "application/json", JSON.writeValueAsBytes(value));
    }

    static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
