/** Tests of the words that wrong custom operators earn. */
@NullMarked
package org.warpgrade.checks.ops;

import org.jspecify.annotations.NullMarked;
