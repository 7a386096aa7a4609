package org.warpgrade.engine;

import org.warpgrade.assignments.Assignment;
import org.warpgrade.gpu.CudaSource;

/**
 * A file that can be graded.
 *
 * @param source its name without folder, and its text
 * @param sha256 of its bytes, in hexadecimal
 * @param assignment what it answers
 */
public record Submission(CudaSource source, String sha256, Assignment assignment) {}
