/** CUDA C++ text as tokens, for the include guard, highlighting, similarity and mutators alike. */
@NullMarked
package org.warpgrade.gpu.source;

import org.jspecify.annotations.NullMarked;
