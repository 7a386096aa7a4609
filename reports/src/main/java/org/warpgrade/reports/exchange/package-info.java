/** Results for other programs: JUnit XML, SARIF, Markdown step summaries. */
@NullMarked
package org.warpgrade.reports.exchange;

import org.jspecify.annotations.NullMarked;
