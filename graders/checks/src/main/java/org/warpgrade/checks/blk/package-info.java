/** Checks of the Transformer blocks. */
@NullMarked
package org.warpgrade.checks.blk;

import org.jspecify.annotations.NullMarked;
