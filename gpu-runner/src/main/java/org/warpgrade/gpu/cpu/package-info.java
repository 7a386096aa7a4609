/**
 * The CPU device: PTX on the JVM. Memory, scheduler and findings, and the warp interpreter, which defines the semantics.
 */
@NullMarked
package org.warpgrade.gpu.cpu;

import org.jspecify.annotations.NullMarked;
