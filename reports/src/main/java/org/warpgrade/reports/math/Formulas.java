package org.warpgrade.reports.math;

/**
 * The formulas of handouts: {@code \frac}, {@code \sqrt}, {@code \sum} with limits, indices and exponents,
 * {@code \text}, {@code \left … \right}, matrices and cases, and the names in {@link Symbols}.
 *
 * <p>It differs from TeX in one point: three or more small letters in a row are one name, as in {@code cols}.
 */
public final class Formulas {

    private Formulas() {}

    /**
     * The {@code <math>} element.
     *
     * @param tex what stands between the dollar signs
     * @param display whether the formula has a line of its own
     * @throws FormulaException if a macro is unknown or a group is not closed
     */
    public static String toMathMl(String tex, boolean display) throws FormulaException {
        return MathMl.write(TexParser.parse(tex), display);
    }
}
