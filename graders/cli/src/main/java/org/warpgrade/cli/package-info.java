/** The command line: turns options into requests, results into lines and exit statuses; the only place that prints. */
@NullMarked
package org.warpgrade.cli;

import org.jspecify.annotations.NullMarked;
