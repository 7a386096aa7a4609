/**
 * Small changes to the reference kernels that the hidden checks must notice: the mutation score of the checks (Jia and
 * Harman, An Analysis and Survey of the Development of Mutation Testing, IEEE TSE 2011).
 */
@NullMarked
package org.warpgrade.engine.mutation;

import org.jspecify.annotations.NullMarked;
