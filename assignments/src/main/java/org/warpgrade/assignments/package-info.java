/**
 * What is asked: the catalogue of assignments as data, read from {@code catalog/<track>/<id>/assignment.yaml} with
 * errors that carry file, line and column.
 */
@NullMarked
package org.warpgrade.assignments;

import org.jspecify.annotations.NullMarked;
