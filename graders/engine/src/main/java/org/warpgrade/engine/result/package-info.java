/** The records behind {@code result.json}: the outcome of grading one submission, complete enough to render every report. */
@NullMarked
package org.warpgrade.engine.result;

import org.jspecify.annotations.NullMarked;
