/** A class's grades as files that spreadsheets and learning platforms take. */
@NullMarked
package org.warpgrade.reports.gradebook;

import org.jspecify.annotations.NullMarked;
