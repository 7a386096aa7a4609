package org.warpgrade.engine.bench;

import org.warpgrade.gpu.Dim3;
import org.warpgrade.gpu.LaunchRecord;

/**
 * Launches that are alike but for their number of blocks: the same kernel, with blocks of the same shape in a grid of the same
 * dimensions. Who is well-behaved in a short case and not in a long one mostly needs another kind.
 *
 * @param displayName the kernel's name for people
 */
public record LaunchKind(String kernel, String displayName, Dim3 block, boolean hasRows, boolean hasLayers) {

    static LaunchKind of(LaunchRecord launch) {
        Dim3 grid = launch.grid();
        return new LaunchKind(launch.kernel(), launch.displayName(), launch.block(), grid.y() > 1, grid.z() > 1);
    }
}
