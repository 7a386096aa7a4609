/** Tests of the words that wrong attention kernels earn. */
@NullMarked
package org.warpgrade.checks.att;

import org.jspecify.annotations.NullMarked;
