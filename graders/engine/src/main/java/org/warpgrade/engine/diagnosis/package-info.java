/** Recognises in words what is common to all wrong elements of a tensor: where they lie and how they are wrong. */
@NullMarked
package org.warpgrade.engine.diagnosis;

import org.jspecify.annotations.NullMarked;
