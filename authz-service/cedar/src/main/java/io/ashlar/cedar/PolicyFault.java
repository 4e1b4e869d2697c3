package io.ashlar.cedar;

/**
 * Why a policy cannot be compiled.
 *
 * @param message the engine's words
 * @param start offset of the first offending byte in the policy's UTF-8 text, or -1 if unknown
 * @param end offset behind the last one, or -1
 */
public record PolicyFault(String message, int start, int end) {}
