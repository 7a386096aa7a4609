/** Tests of the words that wrong first kernels earn. */
@NullMarked
package org.warpgrade.checks.cud;

import org.jspecify.annotations.NullMarked;
