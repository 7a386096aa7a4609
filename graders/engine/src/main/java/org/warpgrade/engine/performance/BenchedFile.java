package org.warpgrade.engine.performance;

import java.util.List;
import java.util.Optional;
import org.warpgrade.gpu.KernelResources;
import org.warpgrade.gpu.model.GpuPeaks;
import org.warpgrade.gpu.model.Occupancy;
import org.warpgrade.gpu.model.SmLimits;

/**
 * A file that was counted.
 *
 * @param file name without folder
 * @param sha256 of its bytes, in hexadecimal
 * @param count what it does on the problem
 * @param resources what ptxas says of its kernels, empty where that is not to be had
 */
public record BenchedFile(String file, String sha256, ProblemCount count, List<KernelResources> resources) {

    public BenchedFile {
        resources = List.copyOf(resources);
    }

    /** What ptxas says of a kernel. */
    public Optional<KernelResources> resourcesOf(KernelCount kernel) {
        return resources.stream().filter(r -> r.kernel().equals(kernel.name())).findFirst();
    }

    /** How many of a kernel's warps a multiprocessor of that GPU holds; empty without resources. */
    public Optional<Occupancy> occupancy(KernelCount kernel, GpuPeaks gpu) {
        return resourcesOf(kernel)
                .flatMap(used -> SmLimits.of(gpu.architecture())
                        .map(limits -> Occupancy.of(
                                limits,
                                kernel.blockThreads(),
                                used.registers(),
                                used.sharedBytes() + kernel.dynamicSharedBytes())));
    }
}
