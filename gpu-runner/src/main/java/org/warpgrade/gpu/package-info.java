/**
 * A CUDA runtime for the JVM: compile an ordinary {@code .cu} file, call its entry on a {@link
 * org.warpgrade.gpu.Device}, read back buffers, findings and counters.
 *
 * <p>Nothing here knows of courses, grades or reports.
 */
@NullMarked
package org.warpgrade.gpu;

import org.jspecify.annotations.NullMarked;
