package org.warpgrade.gpu;

import java.util.List;

/**
 * A compiled CUDA source, ready for any {@link Device}.
 *
 * @param source what was compiled
 * @param ptx the PTX text; host functions stand in it as {@code .func}, kernels as {@code .entry}
 * @param compiler name and version, for the record: {@code NVRTC 12.6.77}
 * @param log the compiler's warnings, empty if none
 * @param kernels what ptxas reports of each kernel, in source order; empty if not asked for
 */
public record Program(CudaSource source, String ptx, String compiler, String log, List<KernelResources> kernels)
        implements Compilation {}
