package io.ashlar.ingest.accept;

import io.ashlar.authz.problem.DoorError;
import io.ashlar.authz.problem.ProblemException;
import io.ashlar.filter.dsl.Fault;
import io.ashlar.ingest.IngestError;
import io.ashlar.ingest.attribute.AttributeRegistry;
import io.ashlar.ingest.attribute.DeclaredAttribute;
import io.ashlar.ingest.client.BatchAnswer;
import io.ashlar.ingest.client.BatchAnswer.Rejected;
import io.ashlar.ingest.event.TelemetryRecord;
import io.ashlar.ingest.event.Topics;
import io.ashlar.ingest.receipt.IngestReceipt;
import io.ashlar.router.token.ConsistencyToken;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes one batch in: read, claim, send, answer. Blocking; thread-safe. */
@ApplicationScoped
class BatchAcceptor {

    /** How a body is read. */
    enum Format {
        JSON,
        LINES
    }

    private static final int FAULTS_SHOWN = 100;

    private final AttributeRegistry attributes;
    private final BatchClaims claims;
    private final ChunkProducer producer;
    private final ReceiptBook receipts;
    private final AcceptConfig config;

    BatchAcceptor(
            AttributeRegistry attributes,
            BatchClaims claims,
            ChunkProducer producer,
            ReceiptBook receipts,
            AcceptConfig config) {
        this.attributes = attributes;
        this.claims = claims;
        this.producer = producer;
        this.receipts = receipts;
        this.config = config;
    }

    BatchAnswer accept(BatchIdentity batch, Format format, byte[] body) {
        String hash = hash(body);
        ReadBatch read = read(batch.tenant(), format, body);
        if (read.valid().isEmpty()) {
            throw refused(read.rejected());
        }
        return switch (claims.claim(batch, hash, read)) {
            case Claim.Ours ours -> send(batch, hash, read, ours);
            case Claim.Answered answered -> answered.answer();
            case Claim.Running running -> throw inProgress(running.retryAfterSeconds());
            case Claim.Reused reused ->
                throw new ProblemException(DoorError.IDEMPOTENCY_KEY_REUSED, "the key stands for another body");
        };
    }

    private BatchAnswer send(BatchIdentity batch, String hash, ReadBatch read, Claim.Ours claim) {
        Set<Integer> refused = claim.rejected().stream().map(Rejected::index).collect(Collectors.toSet());
        List<TelemetryRecord> records = read.valid().stream()
                .filter(telemetry -> !refused.contains(telemetry.index()))
                .toList();
        SortedMap<Integer, Long> offsets;
        try {
            offsets = producer.send(batch, hash, records);
        } catch (ProblemException notAcknowledged) {
            claims.release(batch, claim.attempt());
            throw notAcknowledged;
        }
        Instant now = Instant.now();
        SortedMap<String, SortedMap<Integer, Long>> vector = new TreeMap<>();
        vector.put(Topics.TELEMETRY.name(), offsets);
        IngestReceipt receipt = new IngestReceipt(
                batch.key(),
                batch.tenant(),
                batch.producer(),
                records.size(),
                claim.rejected().size(),
                "sha256:" + hash,
                vector,
                now);
        String token = ConsistencyToken.loaded(
                        config.incarnation(), batch.tenant(), Map.of(Topics.TELEMETRY.name(), offsets), now)
                .text();
        BatchAnswer answer =
                new BatchAnswer(batch.key(), records.size(), claim.rejected(), receipts.sign(receipt), token);
        if (!claims.answer(batch, claim.attempt(), answer)) {
            // Taken over because this request was slow: the other one answers, the loader stores one of the two.
            throw inProgress(1);
        }
        return answer;
    }

    /** A name that is not known here may have been declared a moment ago: look once more before refusing. */
    private ReadBatch read(UUID tenant, Format format, byte[] body) {
        ReadBatch read = read(format, body, attributes.of(tenant));
        boolean unknown = read.rejected().stream()
                .flatMap(one -> one.errors().stream())
                .anyMatch(fault -> fault.code().equals(IngestError.ATTRIBUTE_UNKNOWN.code()));
        return unknown ? read(format, body, attributes.fresh(tenant)) : read;
    }

    private ReadBatch read(Format format, byte[] body, Map<String, DeclaredAttribute> declared) {
        return switch (format) {
            case JSON -> BatchReader.json(body, declared, config);
            case LINES -> BatchReader.lines(body, declared, config);
        };
    }

    private static ProblemException refused(List<Rejected> rejected) {
        List<Fault> faults = rejected.stream()
                .flatMap(one -> one.errors().stream().map(fault -> fault.under("/records/" + one.index())))
                .limit(FAULTS_SHOWN)
                .toList();
        return new ProblemException(
                IngestError.RECORDS_REJECTED, "all " + rejected.size() + " records were rejected", faults);
    }

    private static ProblemException inProgress(long retryAfterSeconds) {
        return new ProblemException(DoorError.IDEMPOTENCY_IN_PROGRESS, "the batch is being taken in")
                .retryAfter(Math.max(1, retryAfterSeconds));
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
