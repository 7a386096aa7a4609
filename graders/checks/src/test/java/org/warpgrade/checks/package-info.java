/** Tests of the checks: real mutants through the real compiler and the CPU device. */
@NullMarked
package org.warpgrade.checks;

import org.jspecify.annotations.NullMarked;
