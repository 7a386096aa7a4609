/** What grades pull requests on Jenkins and GitHub: read by the real languages, run against doubles of the servers. */
@NullMarked
package org.warpgrade.cli.pipeline;

import org.jspecify.annotations.NullMarked;
