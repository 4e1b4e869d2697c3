package io.ashlar.local.s3;

import io.ashlar.local.process.ClassArchive;
import io.ashlar.local.process.Directories;
import io.ashlar.local.process.JavaCommand;
import io.ashlar.local.process.Launch;
import io.ashlar.local.process.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One S3 endpoint.
 *
 * @param jar s3proxy with all it needs
 * @param classes the archive of its classes
 * @param data its directory
 * @param host what it binds, and where to connect: signed links name it
 * @param port where to connect
 * @param accessKey of its one user
 * @param secretKey of its one user
 * @param bucket made before the start
 */
public record S3Server(
        Path jar,
        ClassArchive classes,
        Path data,
        String host,
        int port,
        String accessKey,
        String secretKey,
        String bucket)
        implements Program {

    /** {@code logback.xml}. */
    public static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    @Override
    public Launch launch() throws IOException {
        Path objects = data.resolve("objects");
        Path exports = objects.resolve(bucket);
        Files.createDirectories(exports);
        // The back end takes a directory that others may read for a public bucket.
        Files.setPosixFilePermissions(exports, PosixFilePermissions.fromString("rwx------"));
        Path logging = data.resolve("logback.xml");
        Files.writeString(logging, LOGGING);
        Path configuration = data.resolve("s3proxy.properties");
        Directories.writeSecret(
                configuration,
                configuration(host, port, accessKey, secretKey, objects.toString())
                        .getBytes(StandardCharsets.UTF_8));
        List<String> command = new ArrayList<>(JavaCommand.server(
                "org.gaul.s3proxy.Main",
                "192m",
                classes,
                List.of("-Dlogback.configurationFile=" + logging),
                List.of(jar)));
        command.addAll(List.of("--properties", configuration.toString()));
        return new Launch("s3", command, Map.of(), data, Launch.StopSignal.TERM);
    }

    @Override
    public Optional<ClassArchive> archive() {
        return Optional.of(classes);
    }

    /** {@code s3proxy.properties}. */
    public static String configuration(String host, int port, String accessKey, String secretKey, String objects) {
        return """
                s3proxy.endpoint=http://%s:%d
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                s3proxy.ignore-unknown-headers=true
                jclouds.provider=filesystem-nio2
                jclouds.identity=local
                jclouds.credential=local
                jclouds.filesystem.basedir=%s
                """.formatted(host, port, accessKey, secretKey, objects);
    }

    @Override
    public boolean ready() throws IOException {
        return new S3Node(host, port).ready();
    }

    @Override
    public String toString() {
        return "S3Server[" + host + ":" + port + "]";
    }
}
