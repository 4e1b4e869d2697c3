package io.ashlar.guard.config;

import io.ashlar.authz.embedded.EmbeddedOptions.WhenBehind;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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

        /** Whether authz is asked, or this process decides by what authz publishes. */
        @WithDefault("remote")
        Mode mode();

        /** One question with its repeats. */
        @WithDefault("2s")
        Duration deadline();

        /** So long ago something may have been known to hold by which is decided where nobody can decide; 0: then nobody gets in. */
        @WithDefault("0s")
        Duration lastKnown();

        /** How long a decision is kept at most. */
        @WithDefault("60s")
        Duration cacheLife();

        /** How many decisions are kept. */
        @WithDefault("100000")
        long cacheEntries();

        Embedded embedded();

        /** Where is decided. */
        enum Mode {
            /** By authz; its decisions are kept for a while. */
            REMOTE,
            /** By this process, which holds policies and principals. */
            EMBEDDED
        }

        /** How this process decides by itself. */
        interface Embedded {

            /** What becomes of a question that cannot be decided here now: asked of authz, or denied at once. */
            @WithDefault("ask-authz")
            WhenBehind whenBehind();

            /** How many tenants are held; the least used is forgotten. */
            @WithDefault("100")
            int tenants();

            /** Loaded before the server is ready; the others with their first question. */
            Optional<Set<UUID>> warm();

            /** How long a question waits for policies that are being loaded. */
            @WithDefault("2s")
            Duration loadWait();

            /** The largest snapshot of a tenant that is read. */
            @WithDefault("256M")
            MemorySize snapshotSize();

            /** Ways of signing in (RFC 8176) that are offered to whom one of them would have let in; as authz has them. */
            @WithDefault("mfa,hwk")
            Set<String> stepUpMethods();
        }
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
