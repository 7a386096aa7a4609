package org.warpgrade.reports.math;

/** A formula cannot be read; the message begins with the column, counted from 1. */
public final class FormulaException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int column;

    FormulaException(int column, String sentence) {
        super("column " + column + ": " + sentence);
        this.column = column;
    }

    /** Where in the formula, from 1; the dollar signs do not count. */
    public int column() {
        return column;
    }
}
