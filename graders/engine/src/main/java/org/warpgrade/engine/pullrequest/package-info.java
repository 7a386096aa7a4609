/** What a pull request changes: read from git's objects, never from a working tree of it. */
@NullMarked
package org.warpgrade.engine.pullrequest;

import org.jspecify.annotations.NullMarked;
