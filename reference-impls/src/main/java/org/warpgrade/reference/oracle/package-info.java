/**
 * Oracles: each assignment computed in double precision from its formula, independent of every CUDA reference, with the
 * condition sums that error bounds are made of.
 */
@NullMarked
package org.warpgrade.reference.oracle;

import org.jspecify.annotations.NullMarked;
