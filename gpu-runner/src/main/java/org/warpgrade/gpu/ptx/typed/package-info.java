/**
 * PTX with every name resolved: registers numbered, modifiers taken apart, each instruction's meaning bound to its static
 * helper in {@link org.warpgrade.gpu.ptx.isa}. Both executors run this tree and nothing else.
 */
@NullMarked
package org.warpgrade.gpu.ptx.typed;

import org.jspecify.annotations.NullMarked;
