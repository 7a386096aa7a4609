/** The HTML report: Freemarker templates, highlighted source, and pictures drawn as SVG that need no style attribute. */
@NullMarked
package org.warpgrade.reports.html;

import org.jspecify.annotations.NullMarked;
