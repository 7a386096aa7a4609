/** Models of GPU hardware that need no GPU: how many warps of a kernel fit on a multiprocessor. */
@NullMarked
package org.warpgrade.gpu.model;

import org.jspecify.annotations.NullMarked;
