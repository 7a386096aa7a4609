package org.warpgrade.reports.math;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.warpgrade.reports.math.Formula.Accent;
import org.warpgrade.reports.math.Formula.Digits;
import org.warpgrade.reports.math.Formula.Fenced;
import org.warpgrade.reports.math.Formula.Fraction;
import org.warpgrade.reports.math.Formula.Gap;
import org.warpgrade.reports.math.Formula.Name;
import org.warpgrade.reports.math.Formula.Root;
import org.warpgrade.reports.math.Formula.Row;
import org.warpgrade.reports.math.Formula.Scripts;
import org.warpgrade.reports.math.Formula.Sign;
import org.warpgrade.reports.math.Formula.Table;
import org.warpgrade.reports.math.Formula.Words;
import org.warpgrade.reports.math.Symbol.Role;

/**
 * Writes MathML Core. Browsers space operators by their own dictionary; what that leaves open (signs before a term,
 * bars, function names, dots) is said explicitly, by TeX's rules.
 */
final class MathMl {

    private static final double THIN = 3 / 18.0;

    private final StringBuilder out = new StringBuilder();

    private MathMl() {}

    static String write(Formula formula, boolean display) {
        MathMl writer = new MathMl();
        writer.out.append(display ? "<math display=\"block\">" : "<math>");
        writer.append(formula, display);
        return writer.out.append("</math>").toString();
    }

    /** @param display whether limits go above and below */
    private void append(Formula formula, boolean display) {
        switch (formula) {
            case Row(List<Formula> parts) -> row(parts, display);
            case Name(String text) -> element("mi", text);
            case Digits(String text) -> element("mn", text);
            case Sign(Symbol symbol) -> sign(symbol, false);
            case Formula.Function(String name, var _) -> element("mi", name);
            case Words(String text) -> element("mtext", text.replaceAll("^ | $", "\u00A0"));
            case Gap(double em) -> gap(em);
            case Fraction(Formula numerator, Formula denominator) -> wrap("mfrac", false, numerator, denominator);
            case Root(Formula radicand, @Nullable Formula degree) -> {
                if (degree == null) {
                    wrap("msqrt", display, radicand);
                } else {
                    wrap("mroot", false, radicand, degree);
                }
            }
            case Scripts scripts -> scripts(scripts, display);
            case Accent(Formula base, String mark) -> {
                out.append("<mover accent=\"true\">");
                append(base, false);
                element("mo", mark);
                out.append("</mover>");
            }
            case Fenced(String open, Formula body, String close) -> {
                out.append("<mrow>");
                fence(open, "prefix");
                append(body, display);
                fence(close, "postfix");
                out.append("</mrow>");
            }
            case Table table -> table(table);
        }
    }

    private void row(List<Formula> parts, boolean display) {
        out.append("<mrow>");
        Formula before = null;
        boolean afterGap = false;
        for (Formula part : parts) {
            if (part instanceof Gap(double em)) {
                gap(em);
                afterGap = true;
                continue;
            }
            if (before != null && !afterGap && needsGap(before, part)) {
                gap(THIN);
            }
            afterGap = false;
            if (part instanceof Sign(Symbol symbol)) {
                sign(symbol, symbol.role() == Role.BINARY && !endsOperand(before));
            } else {
                append(part, display);
            }
            before = part;
        }
        out.append("</mrow>");
    }

    /** TeX's thin space around function names and dots: {@code 2 sin x}, but {@code sin(x)}. */
    private static boolean needsGap(Formula before, Formula after) {
        if (isFunction(before)) {
            boolean bar =
                    after instanceof Sign(Symbol(String text, Role role)) && text.equals("|") && role == Role.OPEN;
            return isOperand(after) && !(after instanceof Fenced) || bar;
        }
        if (isFunction(after) || isEllipsis(after)) {
            return endsOperand(before) && !isEllipsis(before);
        }
        return isEllipsis(before) && isOperand(after);
    }

    private static boolean isFunction(Formula formula) {
        return core(formula) instanceof Formula.Function;
    }

    private static boolean isEllipsis(Formula formula) {
        return formula instanceof Sign(Symbol(var _, Role role)) && role == Role.ELLIPSIS;
    }

    private static Formula core(Formula formula) {
        return formula instanceof Scripts scripts ? core(scripts.base()) : formula;
    }

    /** Whether a plus or minus after it joins two terms, rather than being the sign of one. */
    private static boolean endsOperand(@Nullable Formula before) {
        if (before == null) {
            return false;
        }
        return isOperand(before)
                || isFunction(before)
                || core(before) instanceof Sign(Symbol(var _, Role role))
                        && (role == Role.CLOSE || role == Role.ELLIPSIS);
    }

    private static boolean isOperand(Formula formula) {
        return switch (core(formula)) {
            case Name _ -> true;
            case Digits _ -> true;
            case Words _ -> true;
            case Fraction _ -> true;
            case Root _ -> true;
            case Accent _ -> true;
            case Fenced _ -> true;
            case Table _ -> true;
            case Row row -> !row.parts().isEmpty();
            case Scripts _ -> true;
            case Sign(Symbol(var _, Role role)) -> role == Role.LETTER || role == Role.UPRIGHT;
            case Formula.Function _ -> false;
            case Gap _ -> false;
        };
    }

    private void sign(Symbol symbol, boolean prefix) {
        String text = symbol.text();
        switch (symbol.role()) {
            case LETTER, ELLIPSIS -> element("mi", text);
            case UPRIGHT -> open("mi mathvariant=\"normal\"", text, "mi");
            case BINARY, RELATION -> open(prefix ? "mo form=\"prefix\"" : "mo", text, "mo");
            case LARGE, PUNCTUATION -> element("mo", text);
            case TIGHT -> open("mo lspace=\"0\" rspace=\"0\" stretchy=\"false\"", text, "mo");
            case OPEN -> open("mo form=\"prefix\" stretchy=\"false\"", text, "mo");
            case CLOSE -> open("mo form=\"postfix\" stretchy=\"false\"", text, "mo");
        }
    }

    private void scripts(Scripts scripts, boolean display) {
        boolean limits = display
                && switch (scripts.base()) {
                    case Formula.Function function -> function.limits();
                    case Sign(Symbol(String text, Role role)) -> role == Role.LARGE && !text.equals("∫");
                    default -> false;
                };
        Formula below = scripts.below();
        Formula above = scripts.above();
        String tag = limits
                ? "m" + (below == null ? "" : "under") + (above == null ? "" : "over")
                : "m" + (below == null ? "" : "sub") + (above == null ? "" : "sup");
        out.append('<').append(tag).append('>');
        append(scripts.base(), display);
        if (below != null) {
            append(below, false);
        }
        if (above != null) {
            append(above, false);
        }
        out.append("</").append(tag).append('>');
    }

    private void table(Table table) {
        out.append("<mrow>");
        fence(table.open(), "prefix");
        out.append(table.leftAligned() ? "<mtable class=\"cases\">" : "<mtable>");
        for (List<Formula> cells : table.rows()) {
            out.append("<mtr>");
            for (Formula cell : cells) {
                wrap("mtd", false, cell);
            }
            out.append("</mtr>");
        }
        out.append("</mtable>");
        fence(table.close(), "postfix");
        out.append("</mrow>");
    }

    private void fence(String delimiter, String form) {
        if (!delimiter.isEmpty()) {
            open("mo form=\"" + form + "\" fence=\"true\" stretchy=\"true\"", delimiter, "mo");
        }
    }

    private void wrap(String tag, boolean display, Formula... children) {
        out.append('<').append(tag).append('>');
        for (Formula child : children) {
            append(child, display);
        }
        out.append("</").append(tag).append('>');
    }

    private void gap(double em) {
        out.append(String.format(Locale.ROOT, "<mspace width=\"%.3fem\"/>", em));
    }

    private void element(String tag, String text) {
        open(tag, text, tag);
    }

    private void open(String start, String text, String tag) {
        out.append('<').append(start).append('>');
        out.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        out.append("</").append(tag).append('>');
    }
}
