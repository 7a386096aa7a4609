/** What a submission costs on its assignment's problem: counted on the CPU device, told as a model, never graded. */
@NullMarked
package org.warpgrade.engine.performance;

import org.jspecify.annotations.NullMarked;
