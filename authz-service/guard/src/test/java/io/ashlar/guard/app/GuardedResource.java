package io.ashlar.guard.app;

import io.ashlar.guard.permission.RequiresPermission;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** One whose class says what its methods need, but for one that says it itself. */
@Path("/guarded/{name}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RequiresPermission(action = "dataset.query", resourceType = "Dataset", resourceId = "name")
public class GuardedResource {

    @GET
    public Map<String, String> get() {
        return Map.of("in", "yes");
    }

    @GET
    @Path("tenant")
    @RequiresPermission(action = "dataset.declare")
    public Map<String, String> tenant() {
        return Map.of("in", "yes");
    }
}
