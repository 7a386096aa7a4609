package org.warpgrade.gpu.timing;

import org.warpgrade.gpu.Program;

/**
 * One side of a comparison.
 *
 * @param name for people: a file name or {@code reference}
 * @param device each side may have a worker of its own on the same GPU
 * @param program what is timed
 * @param workload its inputs, and how to tell that its outputs are right
 */
public record Contender(String name, TimedDevice device, Program program, Workload workload) {}
