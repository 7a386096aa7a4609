/** The pages of a class: how it did, what nobody passes, who needs a look. */
@NullMarked
package org.warpgrade.reports.dashboard;

import org.jspecify.annotations.NullMarked;
