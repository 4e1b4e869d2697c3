package io.ashlar.authz.plan;

/**
 * Which rows a subject may act on now, and which if a draft of policies were in force.
 *
 * @param before by the policies in force; none where they cannot be turned into a filter
 * @param after by the policies as the draft would make them
 */
public record PlanChange(Plan before, Plan after) {}
