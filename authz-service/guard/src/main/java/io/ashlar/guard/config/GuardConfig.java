package io.ashlar.guard.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The door's settings, the same in every server. */
@ConfigMapping(prefix = "ashlar.guard")
public interface GuardConfig {

    /** The server's name: {@code filter}. */
    String service();

    Authz authz();

    Oidc oidc();

    Token token();

    RateLimit rateLimit();

    Audit audit();

    Rehearsal rehearsal();

    /** What a server asks itself before it says that it is ready. */
    interface Rehearsal {

        /** Path of a POST of its own that a nobody may not make; without it there is no rehearsal. */
        Optional<String> path();

        /** How often it is asked. */
        @WithDefault("10")
        int requests();

        /** Readiness waits no longer than this, whatever came of it. */
        @WithDefault("15s")
        Duration limit();
    }

    /** Where the door's own events go. */
    interface Audit {

        /** The spool's own directory, one process at a time; without it events are logged. */
        Optional<Path> directory();
    }

    /** Where decisions come from. */
    interface Authz {

        /** Root of authz-service; needed by servers that use {@code @RequiresPermission}, but not by authz itself. */
        Optional<URI> url();

        /** One question with its repeats. */
        @WithDefault("2s")
        Duration deadline();

        /** How long a decision is kept at most. */
        @WithDefault("60s")
        Duration cacheLife();

        /** How many decisions are kept. */
        @WithDefault("100000")
        long cacheEntries();
    }

    /** The server's own service account. */
    interface Oidc {

        Optional<URI> tokenUrl();

        Optional<String> clientId();

        Optional<String> clientSecret();
    }

    /** The proof of a bearer token. */
    interface Token {

        /** How long it is good at most, 60 s at the most; 0 asks for it with each request. */
        @WithDefault("10s")
        Duration cacheLife();

        /** How many tokens are held proven. */
        @WithDefault("10000")
        long cacheEntries();
    }

    /** How often; a request counts against all three buckets. */
    interface RateLimit {

        @WithDefault("true")
        boolean enabled();

        /** Requests of one user per second, and the greatest burst. */
        @WithDefault("100")
        long user();

        @WithDefault("200")
        long userBurst();

        /** Requests of one tenant per second. */
        @WithDefault("1000")
        long tenant();

        @WithDefault("2000")
        long tenantBurst();

        /** Requests of all together per second, over all pods of this service. */
        @WithDefault("5000")
        long global();

        @WithDefault("10000")
        long globalBurst();

        /** How long a pod may decide from memory before it synchronises with Redis. */
        @WithDefault("100ms")
        Duration syncDelay();

        /** A Redis that does not answer within this counts as down. */
        @WithDefault("200ms")
        Duration redisTimeout();

        /** How often a pod tells the others that it lives. */
        @WithDefault("5s")
        Duration heartbeat();
    }
}
