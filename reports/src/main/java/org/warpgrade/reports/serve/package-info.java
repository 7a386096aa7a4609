/** Shows reports on this machine under the content policy that Jenkins would serve them with. */
@NullMarked
package org.warpgrade.reports.serve;

import org.jspecify.annotations.NullMarked;
