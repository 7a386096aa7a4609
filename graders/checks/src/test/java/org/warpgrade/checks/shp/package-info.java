/** Tests of the words that wrong shapes earn. */
@NullMarked
package org.warpgrade.checks.shp;

import org.jspecify.annotations.NullMarked;
