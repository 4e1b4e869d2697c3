package io.ashlar.local.containers;

import io.ashlar.local.postgres.PostgresTemplate;
import io.ashlar.local.process.Artifacts;
import io.ashlar.local.process.Directories;
import io.ashlar.local.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays the servers out for {@code deploy/local/containers/build.sh}, one folder an image: what child processes run, too. */
public final class ImageContexts {

    private ImageContexts() {}

    /** {@code ImageContexts DIRECTORY}, which is made anew. */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toAbsolutePath().normalize();
        Directories.delete(root);
        Artifacts artifacts = Artifacts.load();

        Path postgres = Files.createDirectories(root.resolve("postgres"));
        PostgresTemplate.unpack(artifacts.postgres(), postgres.resolve("server"));
        Files.write(postgres.resolve("initdb.options"), PostgresTemplate.INITIALISATION);

        Path kafka = Files.createDirectories(root.resolve("kafka/lib"));
        for (Path jar : artifacts.kafka()) {
            Files.copy(jar, kafka.resolve(jar.getFileName()));
        }

        Path redis = Files.createDirectories(root.resolve("redis"));
        Files.copy(RedisServer.prepare(artifacts, root.resolve("unpacked")), redis.resolve("redis-server"));

        Path s3 = Files.createDirectories(root.resolve("s3proxy"));
        Files.copy(artifacts.s3proxy(), s3.resolve("s3proxy.jar"));
    }
}
