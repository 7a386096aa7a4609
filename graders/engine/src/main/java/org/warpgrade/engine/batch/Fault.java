package org.warpgrade.engine.batch;

/**
 * A hand-in that could not be graded through no fault of its author: it has no result and counts neither way.
 *
 * @param job what was to be graded
 * @param reason what happened, for the instructor
 */
public record Fault(Job job, String reason) {}
