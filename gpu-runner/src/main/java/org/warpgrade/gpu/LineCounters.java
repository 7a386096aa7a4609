package org.warpgrade.gpu;

/**
 * What one source line was counted to do.
 *
 * @param line 1-based line of the source, 0 for instructions that belong to no line of it
 */
public record LineCounters(int line, Counters counters) {}
