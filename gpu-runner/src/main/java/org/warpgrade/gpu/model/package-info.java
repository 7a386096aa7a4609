/** Models of GPU hardware that need no GPU: how many warps fit on a multiprocessor, and the floor under a kernel's time. */
@NullMarked
package org.warpgrade.gpu.model;

import org.jspecify.annotations.NullMarked;
