/**
 * The cuda device: entries run on our PTX machine, their kernels on a real GPU through the driver API, which is met
 * behind {@link org.warpgrade.gpu.cuda.CudaDriver}.
 */
@NullMarked
package org.warpgrade.gpu.cuda;

import org.jspecify.annotations.NullMarked;
