/** One grading run in one direction: submission, program, outcomes, grade, record. */
@NullMarked
package org.warpgrade.engine;

import org.jspecify.annotations.NullMarked;
