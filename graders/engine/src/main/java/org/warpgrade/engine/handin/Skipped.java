package org.warpgrade.engine.handin;

/**
 * Something that was handed in and is not graded.
 *
 * @param origin its place in what the instructor gave
 * @param reason why, as the end of a sentence
 */
public record Skipped(String origin, String reason) {}
