/** Runs a submission for a check, compares what it left in memory, and turns what is wrong into a message. */
@NullMarked
package org.warpgrade.engine.bench;

import org.jspecify.annotations.NullMarked;
