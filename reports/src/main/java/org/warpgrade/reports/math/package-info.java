/**
 * From the formulas of handouts, written in a subset of TeX, to MathML Core, which browsers show without a script, a
 * font of ours or a style sheet.
 */
@NullMarked
package org.warpgrade.reports.math;

import org.jspecify.annotations.NullMarked;
