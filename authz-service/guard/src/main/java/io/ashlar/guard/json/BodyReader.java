package io.ashlar.guard.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.Problem;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.guard.problem.JsonFaults;
import io.ashlar.guard.request.BodyLimit;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Around the reading of each body: turns everything that was found into one refusal. */
@Provider
public class BodyReader implements ReaderInterceptor {

    private static final Logger LOG = Logger.getLogger(BodyReader.class);

    private final BodyLimit limit;

    BodyReader(BodyLimit limit) {
        this.limit = limit;
    }

    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new BoundedStream(context.getInputStream(), limit.bytesMax()));
        UnknownFields.begin();
        List<Fault> unknown = List.of();
        try {
            Object body = context.proceed();
            unknown = UnknownFields.end();
            if (!unknown.isEmpty()) {
                throw new ProblemException(DoorError.INVALID_REQUEST, "the body is not valid", unknown);
            }
            return body;
        } catch (JsonProcessingException e) {
            throw refusal(e);
        } catch (CharConversionException undecodable) {
            throw new ProblemException(
                    DoorError.MALFORMED_JSON, "the body is not JSON: its bytes are in no encoding of it");
        } catch (IOException e) {
            throw cutOff(e);
        } catch (WebApplicationException e) {
            if (e.getCause() instanceof JsonProcessingException json) {
                throw refusal(json);
            }
            throw e;
        } finally {
            UnknownFields.end();
        }
    }

    /** A caller that gave up is no failure of ours, and nobody is left to read the answer. */
    private static IOException cutOff(IOException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ClosedChannelException) {
                LOG.debug("event=body_cut_off");
                throw new ProblemException(DoorError.INVALID_REQUEST, "the connection ended within the body");
            }
        }
        return failure;
    }

    private static ProblemException refusal(JsonProcessingException failure) {
        if (failure.getCause() instanceof ProblemException ours) {
            return ours;
        }
        Problem problem = JsonFaults.problem(failure, UnknownFields.end());
        DoorError error = problem.code().equals(DoorError.MALFORMED_JSON.code())
                ? DoorError.MALFORMED_JSON
                : DoorError.INVALID_REQUEST;
        return new ProblemException(error, problem.detail(), problem.errors());
    }
}
