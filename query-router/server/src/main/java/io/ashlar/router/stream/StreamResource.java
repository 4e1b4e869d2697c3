package io.ashlar.router.stream;

import io.ashlar.filter.dsl.Statement;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.choice.Need;
import io.ashlar.router.client.Pool;
import io.ashlar.router.read.Admission;
import io.ashlar.router.read.Compiled;
import io.ashlar.router.read.NeedHeaders;
import io.ashlar.router.read.Reads;
import io.ashlar.router.read.SealDoor;
import io.ashlar.router.read.SealedBody;
import io.ashlar.router.read.Served;
import io.ashlar.router.tenant.Place;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sealed reads of any length. What fails before the first row is a problem; what fails later is in the trailer. */
@Path("/api/v1/stream")
@RolesAllowed("platform:service")
@RunOnVirtualThread
public final class StreamResource {

    private static final Logger LOG = Logger.getLogger(StreamResource.class);

    static final String NDJSON = "application/x-ndjson";
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SealDoor door;
    private final Admission admission;
    private final Reads reads;
    private final StreamOpener opener;
    private final StreamWatchdog watchdog;

    StreamResource(SealDoor door, Admission admission, Reads reads, StreamOpener opener, StreamWatchdog watchdog) {
        this.door = door;
        this.admission = admission;
        this.reads = reads;
        this.opener = opener;
        this.watchdog = watchdog;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({NDJSON, "application/problem+json"})
    @Operation(summary = "All rows, one JSON array a line, between a header and a trailer that proves the whole")
    @APIResponse(responseCode = "200", content = @Content(mediaType = NDJSON))
    public StreamingOutput stream(@Nullable SealedBody body, @BeanParam NeedHeaders headers) {
        SealedQuery query = door.open(body, SealedQuery.Operation.STREAM);
        Need need = headers.need(query.tenant());
        Statement statement = Compiled.stream(query);
        Served<OpenStream> served = open(query, need, statement);
        watchdog.opened(served.value());
        return out -> write(out, served, statement, query, need);
    }

    /** The stream takes its place along, and gives it back when it is closed, by whomever. */
    private Served<OpenStream> open(SealedQuery query, Need need, Statement statement) {
        Place place = admission.enter(query.tenant(), Pool.JOB);
        boolean handedOver = false;
        try {
            Served<OpenStream> served = reads.serve(
                    query.tenant(), need, (node, demand, left) -> opener.open(node, demand, statement, place));
            handedOver = true;
            return served;
        } finally {
            if (!handedOver) {
                place.close();
            }
        }
    }

    /** A reader that leaves is no failure of ours; if it was there after all, it has no trailer and believes nothing. */
    private void write(OutputStream out, Served<OpenStream> served, Statement statement, SealedQuery query, Need need) {
        try (OpenStream stream = served.value()) {
            BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
            new StreamWriter(buffered)
                    .write(
                            stream,
                            served,
                            statement,
                            proof -> reads.mint(query.tenant(), stream.demand().timeline(), proof.lsn(), need.token()));
            buffered.flush();
        } catch (IOException gone) {
            LOG.infof("event=stream_reader_left node=%s", served.value().node().name());
            LOG.debug("event=stream_reader_left", gone);
        } finally {
            watchdog.ended(served.value());
        }
    }
}
