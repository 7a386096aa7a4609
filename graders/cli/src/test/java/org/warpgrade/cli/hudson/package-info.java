/** Grading on a real server, Hudson 1.395, in a JVM of its own on the loopback interface. */
@NullMarked
package org.warpgrade.cli.hudson;

import org.jspecify.annotations.NullMarked;
