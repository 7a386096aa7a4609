/** The words of the diagnoses of Transformer blocks. */
@org.jspecify.annotations.NullMarked
package org.warpgrade.checks.blk;
