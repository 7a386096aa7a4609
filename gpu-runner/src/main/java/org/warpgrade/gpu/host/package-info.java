/**
 * Host code: the entry's memory, and the CUDA runtime calls it makes, served over whatever device runs the kernels
 * ({@code gpu-runner/RUNTIME_CALLS.md}).
 */
@NullMarked
package org.warpgrade.gpu.host;

import org.jspecify.annotations.NullMarked;
