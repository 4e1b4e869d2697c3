package io.ashlar.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.ashlar.local.Services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The OpenAPI documents as they are kept beside the servers. */
final class ApiDocuments {

    private static final YAMLMapper YAML = new YAMLMapper();

    private ApiDocuments() {}

    static Path file(Service service) {
        return Path.of(System.getProperty("ashlar.root", "../.."))
                .resolve(service.folder())
                .resolve("server/openapi.yaml");
    }

    static JsonNode kept(Service service) {
        try {
            return parse(Files.readString(file(service)));
        } catch (IOException e) {
            throw new UncheckedIOException("no document is kept at " + file(service), e);
        }
    }

    static void keep(Service service, String document) {
        try {
            Files.writeString(file(service), document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the addresses, which are the installation's. */
    static JsonNode parse(String document) {
        try {
            ObjectNode read = (ObjectNode) YAML.readTree(document);
            read.remove("servers");
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("not YAML: " + document, e);
        }
    }
}
