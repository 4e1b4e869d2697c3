package io.ashlar.export.delivery;

import io.ashlar.export.delivery.WebhookTargets.Target;
import io.ashlar.export.queue.Job;
import io.ashlar.export.queue.JobHandler;
import io.ashlar.export.queue.Outcome;
import io.ashlar.export.queue.Run;
import io.ashlar.export.queue.StoppedException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;

/** Does jobs of the kind {@code delivery}. The message's id is the job's: a receiver that sees it twice acts once. */
@Singleton
public final class WebhookHandler implements JobHandler {

    private static final Logger LOG = Logger.getLogger(WebhookHandler.class);
    private static final int GONE = 410;

    private final WebhookTargets targets;
    private final WebhookSecrets secrets;
    private final WebhookSender sender;

    WebhookHandler(WebhookTargets targets, WebhookSecrets secrets, WebhookSender sender) {
        this.targets = targets;
        this.secrets = secrets;
        this.sender = sender;
    }

    @Override
    public String kind() {
        return "delivery";
    }

    @Override
    public Outcome run(Job job, Run run) throws StoppedException, InterruptedException {
        run.progress(0, 0);
        if (!secrets.offered()) {
            return new Outcome.Retry("webhook_keys_missing", "webhooks are not set up here at present");
        }
        return switch (targets.look(job.spec().path("url").asText())) {
            case Target.Open open -> send(job, open);
            case Target.Refused refused -> new Outcome.Failed("webhook_refused", refused.reason());
            case Target.Unknown unknown ->
                new Outcome.Retry("webhook_unknown_host", "the webhook's host has no address");
        };
    }

    private Outcome send(Job job, Target.Open target) throws InterruptedException {
        String body = job.spec().path("body").toString();
        String id = "msg_" + job.id();
        long now = Instant.now().getEpochSecond();
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "Ashlar-Webhooks/1",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now),
                "webhook-signature",
                secrets.signatures(job.tenant(), id, now, body));
        try {
            int status = sender.post(target, headers, body);
            if (status >= 200 && status < 300) {
                return Outcome.Done.WITHOUT_FILE;
            }
            return status == GONE
                    ? new Outcome.Failed("webhook_gone", "the webhook answered 410")
                    : new Outcome.Retry("webhook_status", "the webhook answered " + status);
        } catch (IOException e) {
            LOG.infof("event=webhook_not_taken job=%s attempt=%d reason=%s", job.id(), job.attempt(), e.getMessage());
            return new Outcome.Retry("webhook_unreachable", "the webhook did not answer");
        }
    }
}
