package org.warpgrade.engine.check;

import org.warpgrade.reference.oracle.OracleTensor;

/**
 * AssertJ-style assertions on an output tensor. A failure tells the first wrong element, the bound, the pattern of all
 * wrong elements and, if a hypothesis fits, the likely cause.
 */
public interface TensorAssert {

    /**
     * Verifies that every element is within the tolerance of the oracle. NaN fails unless the oracle says NaN;
     * infinities compare exactly.
     */
    TensorAssert isCloseTo(OracleTensor expected, Tolerance tolerance, Hypothesis... hypotheses);

    /** Verifies exact equality with integers. */
    TensorAssert isEqualTo(int[] expected, Hypothesis... hypotheses);

    /** Verifies exact equality with 64-bit integers. */
    TensorAssert isEqualTo(long[] expected, Hypothesis... hypotheses);

    /** Verifies that the bytes are those of another run's output (metamorphic, bit for bit). */
    TensorAssert hasSameBitsAs(DeviceTensor other, String relationEnglish, String relationChinese);

    /** Verifies closeness to another run's output (metamorphic, re-associated). */
    TensorAssert isCloseToRun(DeviceTensor other, Tolerance tolerance, String relationEnglish, String relationChinese);
}
