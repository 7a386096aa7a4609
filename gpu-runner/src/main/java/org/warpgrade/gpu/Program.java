package org.warpgrade.gpu;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiled CUDA source, ready for any {@link Device}.
 *
 * @param source what was compiled
 * @param ptx the PTX text; host functions stand in it as {@code .func}, kernels as {@code .entry}
 * @param compiler name and version, for the record: {@code NVRTC 12.6.77}
 * @param log the compiler's warnings, empty if none
 * @param kernels what ptxas reports of each kernel, in source order; empty if not asked for
 * @param entries the PTX symbol of each expected entry, keyed by the name it was asked for under; an alias or C++ linkage
 *     makes the two differ
 * @param hostVariables PTX symbols of variables that the source declares without {@code __device__} or its like: the host's,
 *     unless kernels use them, too
 */
public record Program(
        CudaSource source,
        String ptx,
        String compiler,
        String log,
        List<KernelResources> kernels,
        Map<String, String> entries,
        Set<String> hostVariables)
        implements Compilation {

    public Program {
        kernels = List.copyOf(kernels);
        entries = Map.copyOf(entries);
        hostVariables = Set.copyOf(hostVariables);
    }

    /** A program whose variables are all the device's: PTX that was written by hand. */
    public Program(
            CudaSource source,
            String ptx,
            String compiler,
            String log,
            List<KernelResources> kernels,
            Map<String, String> entries) {
        this(source, ptx, compiler, log, kernels, entries, Set.of());
    }

    /** The PTX symbol to call for an entry; the name itself if no such entry was expected at compile time. */
    public String symbolOf(String entry) {
        return entries.getOrDefault(entry, entry);
    }

    public Program withKernels(List<KernelResources> measured) {
        return new Program(source, ptx, compiler, log, measured, entries, hostVariables);
    }
}
