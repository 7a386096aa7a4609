/** The result as a few aligned lines for a terminal or a CI log. */
@NullMarked
package org.warpgrade.reports.terminal;

import org.jspecify.annotations.NullMarked;
