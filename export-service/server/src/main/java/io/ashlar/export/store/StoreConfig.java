package io.ashlar.export.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The bucket. */
@ConfigMapping(prefix = "ashlar.export.s3")
public interface StoreConfig {

    /** Where this service reaches S3. */
    URI endpoint();

    /** Where clients reach it, for signed links; absent: the same. */
    Optional<URI> publicEndpoint();

    String bucket();

    String region();

    String accessKey();

    String secretKey();

    /** Bucket in the path, not in the host name; what most servers besides AWS need. */
    @WithDefault("true")
    boolean pathStyle();

    /** Bytes of a part; S3 asks for at least 5 MiB. */
    @WithDefault("8388608")
    int partBytes();

    /** Parts waiting on disk per attempt when S3 is slower than the query; then the query waits. */
    @WithDefault("4")
    int spoolParts();

    /** Where they wait; absent: the system's temporary directory. */
    Optional<Path> spoolDirectory();

    /** One call, a part's upload included. */
    @WithDefault("60s")
    Duration callTimeout();

    /** How long a link is good, 1 to 5 minutes. */
    @WithDefault("2m")
    Duration linkDuration();
}
