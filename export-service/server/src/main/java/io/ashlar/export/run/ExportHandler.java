package io.ashlar.export.run;

import io.ashlar.authz.call.CallFailedException;
import io.ashlar.authz.call.Consistency;
import io.ashlar.authz.call.OnBehalfOf;
import io.ashlar.authz.problem.Problem;
import io.ashlar.export.csv.CsvFile;
import io.ashlar.export.queue.Job;
import io.ashlar.export.queue.JobHandler;
import io.ashlar.export.queue.Outcome;
import io.ashlar.export.queue.Run;
import io.ashlar.export.queue.StoppedException;
import io.ashlar.export.receipt.AsOf;
import io.ashlar.export.receipt.Receipt;
import io.ashlar.export.receipt.ReceiptKeys;
import io.ashlar.export.store.StoredFile;
import io.ashlar.export.store.Upload;
import io.ashlar.export.store.Uploads;
import io.ashlar.filter.client.FilterClient;
import io.ashlar.filter.client.Resolved;
import io.ashlar.filter.seal.SealedQuery;
import io.ashlar.router.client.RouterClient;
import io.ashlar.router.client.RowStream;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Does jobs of the kind {@code export}. */
@Singleton
public final class ExportHandler implements JobHandler {

    /** The kind. */
    public static final String KIND = "export";

    private static final Logger LOG = Logger.getLogger(ExportHandler.class);
    private static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private final FilterClient filter;
    private final RouterClient router;
    private final Uploads uploads;
    private final ReceiptKeys keys;

    ExportHandler(FilterClient filter, RouterClient router, Uploads uploads, ReceiptKeys keys) {
        this.filter = filter;
        this.router = router;
        this.uploads = uploads;
        this.keys = keys;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job, Run run) throws StoppedException {
        ExportSpec spec = ExportSpec.of(job.spec());
        FilterClient asUser = filter.onBehalfOf(new OnBehalfOf(job.tenant(), job.subject()));
        try {
            // Anew at each attempt: rights may have changed, and a seal lives for a minute.
            Resolved resolved = asUser.resolve(spec.source(), spec.query(), SealedQuery.Operation.STREAM);
            return export(job, run, spec, resolved);
        } catch (CallFailedException e) {
            return refused(asUser, spec, e);
        } catch (IOException e) {
            LOG.warnf(e, "event=export_attempt_broken job=%s attempt=%d", job.id(), job.attempt());
            return new Outcome.Retry("attempt_broken", "the rows or the file were not proven whole");
        }
    }

    private Outcome export(Job job, Run run, ExportSpec spec, Resolved resolved) throws IOException, StoppedException {
        try (RowStream rows = router.stream(resolved.sealed(), consistency(spec));
                Upload upload = uploads.begin(job.tenant(), job.id(), job.fence(), spec.format(), MEDIA_TYPE)) {
            CsvFile csv = new CsvFile(
                    upload,
                    rows.header().fields().stream()
                            .map(field -> CsvFile.Column.of(field.name(), field.type()))
                            .toList());
            for (byte[] row = rows.nextLine(); row != null; row = rows.nextLine()) {
                csv.write(row);
                run.progress(csv.rows(), upload.bytes());
            }
            csv.flush();
            if (csv.rows() != rows.trailer().rows()) {
                throw new IOException("the file has " + csv.rows() + " rows, the stream "
                        + rows.trailer().rows());
            }
            run.progress(csv.rows(), upload.bytes());
            StoredFile file = upload.complete();
            String receipt = keys.sign(receipt(job, spec, resolved, csv, file));
            return new Outcome.Done(csv.rows(), file.bytes(), file.key(), receipt);
        }
    }

    /** With a token the read must have seen it; without one any fresh replica will do. */
    private static Consistency consistency(ExportSpec spec) {
        return spec.consistencyToken() == null
                ? Consistency.EVENTUAL
                : new Consistency(Consistency.Level.SESSION, null, spec.consistencyToken());
    }

    private static Receipt receipt(Job job, ExportSpec spec, Resolved resolved, CsvFile csv, StoredFile file) {
        return new Receipt(
                job.id(),
                job.tenant(),
                spec.source(),
                spec.format(),
                resolved.queryHash(),
                new AsOf(job.asOf().path("kind").asText(), null),
                csv.rows(),
                file.bytes(),
                file.parts(),
                file.sha256(),
                csv.sums(),
                resolved.masked(),
                resolved.datasetVersion(),
                resolved.policyVersion(),
                csv.fidelity(),
                Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /** A refusal that says the request is wrong stays one; everything else may pass. */
    private static Outcome refused(FilterClient asUser, ExportSpec spec, CallFailedException e) {
        Problem problem = e.problem();
        boolean lasting = e.status() >= 400 && e.status() < 500 && e.status() != 408 && e.status() != 429;
        // A service account that is refused is our own misconfiguration, and a seal may be used up by a slow start.
        boolean ours = e.status() == 401 || (problem != null && problem.code().startsWith("seal_"));
        if (problem != null && lasting && !ours) {
            return new Outcome.Failed(
                    problem.code(), TooDear.is(problem) ? TooDear.words(asUser, spec, problem) : problem.detail());
        }
        String code = problem == null ? "dependency_unavailable" : problem.code();
        return new Outcome.Retry(code, e.service() + " did not answer as it should");
    }
}
