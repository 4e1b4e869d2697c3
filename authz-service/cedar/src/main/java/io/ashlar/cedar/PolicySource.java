package io.ashlar.cedar;

/**
 * One policy as its author wrote it.
 *
 * @param id the name it is known by in answers
 * @param text exactly one static policy in Cedar's text format
 */
public record PolicySource(String id, String text) {}
