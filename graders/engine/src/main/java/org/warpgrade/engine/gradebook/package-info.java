/** From graded hand-ins to grades: which attempt counts, what lateness takes, what the class makes of each check. */
@NullMarked
package org.warpgrade.engine.gradebook;

import org.jspecify.annotations.NullMarked;
