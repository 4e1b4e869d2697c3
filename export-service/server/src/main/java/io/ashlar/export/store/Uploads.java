package io.ashlar.export.store;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.UUID;

/** Begins the files of attempts. */
@Singleton
public final class Uploads {

    private final ObjectStore store;
    private final AttemptObjects objects;
    private final StoreConfig config;

    Uploads(ObjectStore store, AttemptObjects objects, StoreConfig config) {
        this.store = store;
        this.objects = objects;
        this.config = config;
    }

    /** Begins the file of one attempt; the caller must complete or close it. */
    public Upload begin(UUID tenant, UUID job, long fence, String extension, String mediaType) throws IOException {
        String key = ObjectStore.key(tenant, job, fence, extension);
        objects.note(key, tenant, job, fence);
        String uploadId = store.begin(key, mediaType);
        objects.began(key, uploadId);
        Spool spool = new Spool(config.spoolDirectory(), config.partBytes());
        return new Upload(new Upload.Target(key, uploadId), store, objects, spool, config.spoolParts());
    }
}
