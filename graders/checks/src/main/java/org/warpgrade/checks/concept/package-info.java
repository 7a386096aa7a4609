/** Verbal questions with parameters, graded as a PURE function over many draws (curriculum C9). */
@NullMarked
package org.warpgrade.checks.concept;

import org.jspecify.annotations.NullMarked;
