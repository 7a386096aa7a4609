/**
 * Public checks as data, for a kit that students may have: what a check would ask, without the code that knows the
 * answers.
 */
@NullMarked
package org.warpgrade.engine.kit;

import org.jspecify.annotations.NullMarked;
