/**
 * Jenkins as a place where submissions are graded: submit, follow, cancel, collect; whatever is lost on the way is
 * found again.
 */
@NullMarked
package org.warpgrade.reports.jenkins;

import org.jspecify.annotations.NullMarked;
