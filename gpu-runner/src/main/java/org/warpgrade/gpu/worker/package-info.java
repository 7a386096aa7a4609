/**
 * The cuda device as everybody else sees it: a process of its own per submission, which may crash, hang or be killed
 * without taking anything along. The process that grades never loads CUDA.
 */
@NullMarked
package org.warpgrade.gpu.worker;

import org.jspecify.annotations.NullMarked;
