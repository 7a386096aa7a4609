/** Checks of the custom operators. */
@NullMarked
package org.warpgrade.checks.ops;

import org.jspecify.annotations.NullMarked;
