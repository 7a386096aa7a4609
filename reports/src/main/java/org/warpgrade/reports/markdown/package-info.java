/** From the Markdown of a handout, with its formulas, to a part of an HTML page that needs neither script nor style. */
@NullMarked
package org.warpgrade.reports.markdown;

import org.jspecify.annotations.NullMarked;
