/**
 * The CPU device: PTX on the JVM. Memory, scheduler, sanitizers, findings, and kernels in three ways that leave the same bits:
 *
 * <ul>
 *   <li>{@link org.warpgrade.gpu.cpu.WarpInterpreter} executes one instruction at a time for the lanes of a warp. It defines
 *       the semantics, and it counts.
 *   <li>{@link org.warpgrade.gpu.cpu.LaneCompiler} makes a class of a kernel: {@link org.warpgrade.gpu.cpu.RegionPlan} cuts it
 *       where lanes meet, {@link org.warpgrade.gpu.cpu.RegionEmitter} emits each region as a loop over lanes, and
 *       {@link org.warpgrade.gpu.cpu.LaneExecutor} calls them. Grading runs on it.
 *   <li>For kernels that run long, {@link org.warpgrade.gpu.cpu.AbreastEmitter} emits regions the other way round: loops over
 *       lanes inside the kernel's own loops. Lanes that part go on one after the other.
 * </ul>
 */
@NullMarked
package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.NullMarked;
