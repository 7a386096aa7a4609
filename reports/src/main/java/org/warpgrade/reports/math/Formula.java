package org.warpgrade.reports.math;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A formula as a tree: what it says, not how it was typed. */
sealed interface Formula {

    /** What is written side by side. */
    record Row(List<Formula> parts) implements Formula {}

    /** A variable of one letter, or a word. */
    record Name(String text) implements Formula {}

    /** A number, with its decimal point. */
    record Digits(String text) implements Formula {}

    /** A sign from the {@link Symbols}. */
    record Sign(Symbol symbol) implements Formula {}

    /** A function that is named by a word, as in {@code \exp}; {@code limits} if scripts go below it, as in {@code \max}. */
    record Function(String name, boolean limits) implements Formula {}

    /** Words in the running font; spaces count. */
    record Words(String text) implements Formula {}

    /** A gap in em; negative gaps move together. */
    record Gap(double em) implements Formula {}

    record Fraction(Formula numerator, Formula denominator) implements Formula {}

    /** A root, square if there is no degree. */
    record Root(Formula radicand, @Nullable Formula degree) implements Formula {}

    /** Something with an index, an exponent or both. */
    record Scripts(
            Formula base, @Nullable Formula below, @Nullable Formula above) implements Formula {}

    /** A mark above a letter. */
    record Accent(Formula base, String mark) implements Formula {}

    /** Delimiters as tall as what they hold; an empty one is invisible. */
    record Fenced(String open, Formula body, String close) implements Formula {}

    /** A matrix, or the cases of a definition, by rows. */
    record Table(String open, List<List<Formula>> rows, String close, boolean leftAligned) implements Formula {}
}
