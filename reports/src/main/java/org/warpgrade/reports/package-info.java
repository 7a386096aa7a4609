/** Turns a grading result, already redacted for its audience, into pages and files for people and tools. */
@NullMarked
package org.warpgrade.reports;

import org.jspecify.annotations.NullMarked;
