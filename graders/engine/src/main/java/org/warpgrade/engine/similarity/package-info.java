/**
 * Which submissions of a class share code: winnowing over canonical CUDA symbols, then tiling of the suspicious pairs.
 */
@NullMarked
package org.warpgrade.engine.similarity;

import org.jspecify.annotations.NullMarked;
