/** The runner as a program without a course uses it: the example of the README. */
@NullMarked
package org.warpgrade.example;

import org.jspecify.annotations.NullMarked;
