package io.ashlar.ingest.app;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The servers all tests of this module share. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "ingest"),
            @ResourceArg(name = "servers", value = "DATA_PRIMARY,KAFKA,REDIS,OIDC")
        })
@QuarkusTestResource(PolicyPeer.class)
public @interface IngestStack {

    /** A seed that everybody knows: for tests. */
    String RECEIPT_KEYS = "test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
}
