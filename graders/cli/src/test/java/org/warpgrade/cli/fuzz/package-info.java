/** Mutated inputs of every kind that strangers give to WarpGrade, and thousands of gradings in one JVM. */
@NullMarked
package org.warpgrade.cli.fuzz;

import org.jspecify.annotations.NullMarked;
