/**
 * What a submission costs on its assignment's problem: counted on the CPU device and told as a model, never graded; timed on a
 * GPU against the reference, for points.
 */
@NullMarked
package org.warpgrade.engine.performance;

import org.jspecify.annotations.NullMarked;
