package io.ashlar.authz.plan;

/**
 * A field the caller wants to show.
 *
 * @param path its Cedar attribute path
 * @param sensitivity a label; {@value #PUBLIC} is never masked
 */
public record PlanField(String path, String sensitivity) {

    public static final String PUBLIC = "public";
}
