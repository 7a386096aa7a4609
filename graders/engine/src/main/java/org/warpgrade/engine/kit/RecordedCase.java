package org.warpgrade.engine.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;

/**
 * One call of a public check and what must come of it.
 *
 * @param family of the case, for people
 * @param label the case with its sizes
 * @param call with its buffers
 * @param expected what its outputs must hold
 */
record RecordedCase(String family, String label, Call call, List<Expected> expected) {

    /**
     * What an output must hold: numbers with the largest error of each, or exact integers.
     *
     * @param rows those that count, where a row is what the last extent spans; null for all of it
     * @param values in double precision; null for integers
     * @param conditionSums as the oracle gave them
     * @param bounds the allowed error of each element
     * @param formula the bound in words
     * @param integers null for numbers
     * @param wide whether the integers have 64 bits
     */
    record Expected(
            DeviceBuffer buffer,
            int @Nullable [] rows,
            double @Nullable [] values,
            double[] conditionSums,
            double[] bounds,
            String formula,
            long @Nullable [] integers,
            boolean wide) {

        /** Of what counts. */
        int[] shape() {
            int[] whole = buffer.shape();
            return rows == null ? whole : new int[] {rows.length, whole[whole.length - 1]};
        }
    }
}
