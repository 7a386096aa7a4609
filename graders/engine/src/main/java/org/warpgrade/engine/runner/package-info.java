/** Runs the checks of an assignment as JUnit tests, in process, and tells what became of each. */
@NullMarked
package org.warpgrade.engine.runner;

import org.jspecify.annotations.NullMarked;
