package org.warpgrade.engine.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Text;

/**
 * The numbers behind a wrong tensor, taken apart for reports.
 *
 * @param tensor the name of the output: {@code y}, or the stage {@code attention probabilities}
 * @param shape its extents
 * @param coordinate the first wrong element
 * @param expected the oracle's value there
 * @param actual the submission's value there
 * @param error absolute error there
 * @param bound the allowed error there
 * @param tolerance the formula of the bound in words: {@code ELEM(1e-7, 1e-5): |y-o| <= 1e-7 + 1e-5 |o|}
 * @param wrong number of wrong elements
 * @param total number of elements
 * @param pattern where the wrong ones lie, in words: {@code every row from column 1024 on}
 * @param likelyCause what usually does that, in words; empty if nothing fits
 * @param worstRatio the largest error over its bound
 * @param writer which block and thread wrote the first wrong element, null if unknown
 * @param map the tensor as a picture of at most 64 x 64 cells, row by row; each cell is the fraction of wrong elements
 * @param mapRows rows of the map
 * @param mapColumns columns of the map
 * @param family the family of the failing case, without its data: {@code ragged columns}
 * @param caseLabel the failing case with its sizes; redacted for students when the check is hidden
 * @param blocks for each cell of the map the number of the block that wrote its first element last, counted through the
 *     grid with x fastest; -1 where nobody did; empty if unknown
 */
public record Diagnosis(
        String tensor,
        List<Integer> shape,
        List<Integer> coordinate,
        double expected,
        double actual,
        double error,
        double bound,
        String tolerance,
        long wrong,
        long total,
        Text pattern,
        Text likelyCause,
        double worstRatio,
        @Nullable String writer,
        List<Double> map,
        int mapRows,
        int mapColumns,
        String family,
        String caseLabel,
        List<Integer> blocks) {

    /** Of a tensor whose writers are not known. */
    public Diagnosis(
            String tensor,
            List<Integer> shape,
            List<Integer> coordinate,
            double expected,
            double actual,
            double error,
            double bound,
            String tolerance,
            long wrong,
            long total,
            Text pattern,
            Text likelyCause,
            double worstRatio,
            @Nullable String writer,
            List<Double> map,
            int mapRows,
            int mapColumns,
            String family,
            String caseLabel) {
        this(
                tensor,
                shape,
                coordinate,
                expected,
                actual,
                error,
                bound,
                tolerance,
                wrong,
                total,
                pattern,
                likelyCause,
                worstRatio,
                writer,
                map,
                mapRows,
                mapColumns,
                family,
                caseLabel,
                List.of());
    }
}
