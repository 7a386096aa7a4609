/**
 * From CUDA C++ text to a {@link org.warpgrade.gpu.Program}: NVRTC, the headers it may see, and a cache of what it made.
 *
 * <p>{@link org.warpgrade.gpu.compile.NvrtcCompiler} is the way in.
 */
@NullMarked
package org.warpgrade.gpu.compile;

import org.jspecify.annotations.NullMarked;
