package io.ashlar.export;

import io.ashlar.authz.problem.ErrorCode;
import java.util.Locale;

/** What export-service may answer besides the errors of the door. Codes are added, never renamed. */
public enum ExportError implements ErrorCode {
    UNSUPPORTED_FORMAT(400, "The format is not offered"),
    UNSUPPORTED_NOTIFICATION(400, "The kind of notification is not offered"),
    WEBHOOK_REFUSED(400, "The webhook's address may not be called"),
    UNKNOWN_SOURCE(422, "There is no such data set"),
    EXPORT_NOT_READY(409, "The export has not succeeded yet"),
    EXPORT_FINISHED(409, "The export has already ended"),
    EXPORT_WITHOUT_FILE(409, "The export ended without a file"),
    EXPORT_EXPIRED(410, "The file was kept as long as promised and is gone"),
    TOO_MANY_QUEUED_EXPORTS(429, "The tenant has too many exports waiting");

    private final int status;
    private final String title;

    ExportError(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
