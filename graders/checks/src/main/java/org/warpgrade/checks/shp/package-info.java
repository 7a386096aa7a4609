/** Checks of shape derivation: pure functions, called once per configuration. */
@NullMarked
package org.warpgrade.checks.shp;

import org.jspecify.annotations.NullMarked;
