/** Inputs of checks: pure functions of (assignment, check, seed, label), adversarial by family. */
@NullMarked
package org.warpgrade.reference.inputs;

import org.jspecify.annotations.NullMarked;
