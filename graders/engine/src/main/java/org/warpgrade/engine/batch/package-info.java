/** Grades a class: many hand-ins at once, each exactly once, with results that survive whatever ends the process. */
@NullMarked
package org.warpgrade.engine.batch;

import org.jspecify.annotations.NullMarked;
