/** Checks of attention and its masks. */
@NullMarked
package org.warpgrade.checks.att;

import org.jspecify.annotations.NullMarked;
