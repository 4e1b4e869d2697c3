package io.ashlar.ingest.accept;

import io.ashlar.ingest.client.BatchAnswer;
import io.ashlar.ingest.client.BatchAnswer.Rejected;
import java.util.List;

/** What a request finds when it claims its batch key. */
sealed interface Claim {

    /**
     * It may send. Another attempt's rejections, if there was one, hold again: an attribute may have been declared since, and
     * a chunk that is sent twice must be the same chunk.
     */
    record Ours(int attempt, List<Rejected> rejected) implements Claim {
        public Ours {
            rejected = List.copyOf(rejected);
        }
    }

    /** It was answered before. */
    record Answered(BatchAnswer answer) implements Claim {}

    /** Another request is sending it; come back when its claim has run out at the latest. */
    record Running(long retryAfterSeconds) implements Claim {}

    /** The key stands for another body. */
    record Reused() implements Claim {}
}
