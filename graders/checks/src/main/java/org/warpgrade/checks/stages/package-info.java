/** Looking inside a composed submission: which intermediate goes wrong first. */
@NullMarked
package org.warpgrade.checks.stages;

import org.jspecify.annotations.NullMarked;
