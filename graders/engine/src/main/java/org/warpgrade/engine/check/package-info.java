/**
 * What a check is written with: the {@link org.warpgrade.engine.check.GradedCheck} annotation, the {@link
 * org.warpgrade.engine.check.Bench} that runs the submission, tolerances, and assertions on tensors that diagnose.
 */
@NullMarked
package org.warpgrade.engine.check;

import org.jspecify.annotations.NullMarked;
