package org.warpgrade.reports.html;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.warpgrade.engine.check.CheckWords;
import org.warpgrade.reports.Messages;

/** The formula of a bound, which checks write in ASCII, with the signs that people write: {@code ≤}, {@code √K}, {@code 2⁻²²}. */
final class BoundFormula {

    private static final Pattern POWER_OF_TEN = Pattern.compile("(?<![\\w.])(\\d+(?:\\.\\d+)?)e(-?\\d+)");
    private static final Pattern POWER = Pattern.compile("\\^(-?\\d+)");
    private static final Pattern ROOT = Pattern.compile("\\bsqrt (\\w+)");
    private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private BoundFormula() {}

    static String readable(String formula, Messages messages) {
        if (formula.equals("exact")) {
            return messages.text("diagnosis.formula.exact");
        }
        return Arrays.stream(formula.split("; "))
                .map(part -> signs(CheckWords.of(part).in(messages.language())))
                .collect(Collectors.joining("; "));
    }

    private static String signs(String formula) {
        String text = POWER_OF_TEN.matcher(formula).replaceAll(BoundFormula::powerOfTen);
        text = POWER.matcher(text).replaceAll(power -> raised(power.group(1)));
        text = ROOT.matcher(text).replaceAll("√$1");
        return text.replace("<=", "≤").replaceAll("(?<=\\w)(?:-| - )(?=\\w)", " − ");
    }

    private static String powerOfTen(MatchResult number) {
        String ten = "10" + raised(number.group(2));
        return number.group(1).equals("1") ? ten : number.group(1) + "·" + ten;
    }

    private static String raised(String exponent) {
        StringBuilder raised = new StringBuilder();
        exponent.chars().forEach(c -> raised.append(c == '-' ? '⁻' : DIGITS.charAt(c - '0')));
        return raised.toString();
    }
}
