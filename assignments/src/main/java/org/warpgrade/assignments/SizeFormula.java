package org.warpgrade.assignments;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A formula over the sizes of a problem: numbers, names of sizes, {@code + - *} and parentheses, as in
 * {@code 2 * B * S * (4 * H * H + 2 * H * I)}.
 */
public final class SizeFormula {

    private static final Pattern WORD = Pattern.compile("\\s*([A-Za-z_]\\w*|\\d+(?:\\.\\d+)?|[-+*()])");

    private final String text;
    private final Map<String, Integer> sizes;
    private int at;
    private String next = "";

    private SizeFormula(String text, Map<String, Integer> sizes) {
        this.text = text;
        this.sizes = sizes;
    }

    /**
     * The value of a formula.
     *
     * @throws IllegalArgumentException with the formula, what is wrong with it, and where
     */
    public static double value(String formula, Map<String, Integer> sizes) {
        SizeFormula reader = new SizeFormula(formula.stripTrailing(), sizes);
        reader.advance();
        double value = reader.sum();
        if (!reader.next.isEmpty()) {
            throw reader.wrong("'" + reader.next + "' is not expected");
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (next.equals("+") || next.equals("-")) {
            boolean plus = next.equals("+");
            advance();
            double other = product();
            value = plus ? value + other : value - other;
        }
        return value;
    }

    private double product() {
        double value = factor();
        while (next.equals("*")) {
            advance();
            value *= factor();
        }
        return value;
    }

    private double factor() {
        String word = next;
        if (word.equals("(")) {
            advance();
            double value = sum();
            if (!next.equals(")")) {
                throw wrong("')' is missing");
            }
            advance();
            return value;
        }
        if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
            advance();
            return Double.parseDouble(word);
        }
        Integer size = sizes.get(word);
        if (size == null) {
            boolean name = !word.isEmpty() && Character.isLetter(word.charAt(0));
            throw wrong(name ? "there is no size '" + word + "'" : "a number, a size or '(' is expected");
        }
        advance();
        return size;
    }

    private void advance() {
        if (at == text.length()) {
            next = "";
            return;
        }
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (!word.lookingAt()) {
            throw wrong("'" + text.charAt(at) + "' is not expected");
        }
        next = word.group(1);
        at = word.end();
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("'" + text + "': " + what + " (before character " + (at + 1) + ")");
    }
}
