/** Checks of the CUDA basics: strided vectors, reductions, matrix products. */
@NullMarked
package org.warpgrade.checks.cud;

import org.jspecify.annotations.NullMarked;
