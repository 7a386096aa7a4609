/** Pairs of works that share code, as pages: a list, and both texts side by side. */
@NullMarked
package org.warpgrade.reports.similarity;

import org.jspecify.annotations.NullMarked;
