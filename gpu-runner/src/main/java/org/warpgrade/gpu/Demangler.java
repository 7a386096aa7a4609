package org.warpgrade.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kernel names for people: the function's name with its template arguments, without its parameters, from a name mangled as
 * the Itanium C++ ABI says. What it cannot read it leaves as it is.
 */
public final class Demangler {

    private static final Map<Character, String> BUILTIN = Map.ofEntries(
            Map.entry('v', "void"),
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('a', "signed char"),
            Map.entry('h', "unsigned char"),
            Map.entry('s', "short"),
            Map.entry('t', "unsigned short"),
            Map.entry('i', "int"),
            Map.entry('j', "unsigned"),
            Map.entry('l', "long"),
            Map.entry('m', "unsigned long"),
            Map.entry('x', "long long"),
            Map.entry('y', "unsigned long long"),
            Map.entry('f', "float"),
            Map.entry('d', "double"));

    private final String text;
    private int at;

    private Demangler(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** {@code _Z7softmaxILi4EfEvPKT0_} is {@code softmax<4, float>}; a name that is not mangled stays. */
    public static String display(String symbol) {
        if (!symbol.startsWith("_Z")) {
            return symbol;
        }
        try {
            return new Demangler(symbol, 2).name();
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return symbol;
        }
    }

    private String name() {
        if (!take('N')) {
            take('L');
            return word() + templateArguments();
        }
        List<String> parts = new ArrayList<>();
        while (!take('E')) {
            take('L');
            String part = word();
            boolean anonymous = part.startsWith("_GLOBAL__N_");
            String full = part + templateArguments();
            if (!anonymous) {
                parts.add(full);
            }
        }
        return String.join("::", parts);
    }

    private String word() {
        int start = at;
        while (Character.isDigit(text.charAt(at))) {
            at++;
        }
        int length = Integer.parseInt(text.substring(start, at));
        String word = text.substring(at, at + length);
        at += length;
        return word;
    }

    private String templateArguments() {
        if (at >= text.length() || !take('I')) {
            return "";
        }
        List<String> arguments = new ArrayList<>();
        while (!take('E')) {
            arguments.add(argument());
        }
        return "<" + String.join(", ", arguments) + ">";
    }

    private String argument() {
        return take('L') ? literal() : type();
    }

    private String literal() {
        char type = text.charAt(at++);
        int end = text.indexOf('E', at);
        if (!BUILTIN.containsKey(type)) {
            throw new IllegalArgumentException(text);
        }
        String digits = text.substring(at, end).replace('n', '-');
        at = end + 1;
        return type == 'b' ? Boolean.toString(digits.equals("1")) : digits;
    }

    private String type() {
        if (take('P')) {
            return type() + "*";
        }
        if (take('R')) {
            return type() + "&";
        }
        if (take('K')) {
            return "const " + type();
        }
        if (Character.isDigit(text.charAt(at))) {
            return word() + templateArguments();
        }
        String builtin = BUILTIN.get(text.charAt(at++));
        if (builtin == null) {
            throw new IllegalArgumentException(text);
        }
        return builtin;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
