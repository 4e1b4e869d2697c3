package io.ashlar.router.trial;

import io.ashlar.local.StackResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** The stack that every integration test of this module runs on. */
@QuarkusTestResource(
        value = StackResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "router"),
            @ResourceArg(name = "servers", value = "DATA_PRIMARY,DATA_REPLICA_1,DATA_REPLICA_2,OIDC")
        })
@QuarkusTestResource(RouterSettings.class)
public final class OnTheStack {

    private OnTheStack() {}
}
