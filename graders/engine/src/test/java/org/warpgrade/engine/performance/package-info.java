/** Tests of what a submission costs on its problem. */
@NullMarked
package org.warpgrade.engine.performance;

import org.jspecify.annotations.NullMarked;
