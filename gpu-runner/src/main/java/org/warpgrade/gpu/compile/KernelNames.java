package org.warpgrade.gpu.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Readable names of kernels: the part of the Itanium C++ ABI's mangling that kernel names use, namespaces and template
 * arguments included, parameters left out.
 *
 * <pre>{@code _Z14softmax_kernelILi4EEvPKfPfif} becomes {@code softmax_kernel<4>}</pre>
 */
public final class KernelNames {

    private static final Map<Character, String> BUILTIN = Map.ofEntries(
            Map.entry('v', "void"),
            Map.entry('w', "wchar_t"),
            Map.entry('b', "bool"),
            Map.entry('c', "char"),
            Map.entry('a', "signed char"),
            Map.entry('h', "unsigned char"),
            Map.entry('s', "short"),
            Map.entry('t', "unsigned short"),
            Map.entry('i', "int"),
            Map.entry('j', "unsigned int"),
            Map.entry('l', "long"),
            Map.entry('m', "unsigned long"),
            Map.entry('x', "long long"),
            Map.entry('y', "unsigned long long"),
            Map.entry('f', "float"),
            Map.entry('d', "double"),
            Map.entry('e', "long double"),
            Map.entry('z', "..."));

    /** What NVRTC puts around functions of internal linkage. */
    private static final List<String> HIDDEN_SCOPES = List.of("_INTERNAL_", "_GLOBAL__N_", "_GLOBAL_");

    private static final Map<String, String> FAMILIAR = Map.of(
            "__half", "half", "__half2", "half2", "__nv_bfloat16", "nv_bfloat16", "__nv_bfloat162", "nv_bfloat162");

    private final String mangled;
    private final List<String> substitutions = new ArrayList<>();
    private int next;

    private KernelNames(String mangled) {
        this.mangled = mangled;
    }

    /** The name for people; the mangled name itself where it is none or uses more of the ABI than is known here. */
    public static String readable(String symbol) {
        if (!symbol.startsWith("_Z")) {
            return symbol;
        }
        try {
            KernelNames names = new KernelNames(symbol);
            names.next = 2;
            return names.name();
        } catch (UnknownMangling | IndexOutOfBoundsException e) {
            return symbol;
        }
    }

    /** Leaves the parser where the mangling goes beyond the subset. */
    private static final class UnknownMangling extends RuntimeException {
        UnknownMangling() {
            super(null, null, false, false);
        }
    }

    private String name() {
        if (accept('N')) {
            return nested();
        }
        accept('L'); // of internal linkage
        String base = accept("St") ? "std::" + source() : source();
        if (next < mangled.length() && peek() == 'I') {
            substitutions.add(base);
            return base + arguments();
        }
        return base;
    }

    /** After N: a name in its scopes, up to E. */
    private String nested() {
        while (peek() == 'K' || peek() == 'V' || peek() == 'r') {
            next++;
        }
        String name = "";
        boolean whole = false;
        while (!accept('E')) {
            if (peek() == 'I') {
                name = name + arguments();
                whole = true;
            } else if (accept("St")) {
                name = "std";
                continue;
            } else if (peek() == 'S') {
                name = substitution();
                continue;
            } else if (peek() == 'L') {
                next++;
                continue;
            } else {
                String part = source();
                boolean hidden = HIDDEN_SCOPES.stream().anyMatch(part::startsWith);
                name = hidden ? name : name.isEmpty() ? part : name + "::" + part;
                whole = true;
            }
            substitutions.add(name);
        }
        if (!whole) {
            throw new UnknownMangling();
        }
        substitutions.removeLast(); // the whole name itself is no candidate, its prefixes are
        return name;
    }

    private String source() {
        int length = 0;
        int digits = next;
        while (Character.isDigit(peek())) {
            length = Math.addExact(Math.multiplyExact(length, 10), peek() - '0');
            next++;
        }
        if (digits == next || next + length > mangled.length()) {
            throw new UnknownMangling();
        }
        String name = mangled.substring(next, next + length);
        next += length;
        return FAMILIAR.getOrDefault(name, name);
    }

    private String arguments() {
        expect('I');
        List<String> list = new ArrayList<>();
        while (!accept('E')) {
            if (accept('J')) {
                while (!accept('E')) {
                    list.add(argument());
                }
            } else {
                list.add(argument());
            }
        }
        return "<" + String.join(", ", list) + ">";
    }

    private String argument() {
        if (!accept('L')) {
            return type();
        }
        if (accept("_Z")) {
            String function = name();
            while (!accept('E')) {
                type();
            }
            return function;
        }
        String type = type();
        StringBuilder digits = new StringBuilder(accept('n') ? "-" : "");
        while (peek() != 'E') {
            digits.append(peek());
            next++;
        }
        expect('E');
        return switch (type) {
            case "bool" -> digits.toString().equals("1") ? "true" : "false";
            case "int",
                    "unsigned int",
                    "long",
                    "unsigned long",
                    "long long",
                    "unsigned long long",
                    "short",
                    "unsigned short",
                    "char",
                    "unsigned char",
                    "signed char" -> digits.toString();
            default -> "(" + type + ")" + digits;
        };
    }

    private String type() {
        char c = peek();
        String builtin = BUILTIN.get(c);
        if (builtin != null) {
            next++;
            return builtin;
        }
        switch (c) {
            case 'P' -> {
                next++;
                return remember(pointer(type(), "*"));
            }
            case 'R' -> {
                next++;
                return remember(pointer(type(), "&"));
            }
            case 'O' -> {
                next++;
                return remember(pointer(type(), "&&"));
            }
            case 'K' -> {
                next++;
                String of = type();
                return remember(of.endsWith("*") ? of + " const" : "const " + of);
            }
            case 'V' -> {
                next++;
                return remember("volatile " + type());
            }
            case 'F' -> {
                next++;
                String result = type();
                List<String> parameters = new ArrayList<>();
                while (!accept('E')) {
                    parameters.add(type());
                }
                String list = parameters.equals(List.of("void")) ? "" : String.join(", ", parameters);
                return remember(result + " (" + list + ")");
            }
            case 'A' -> {
                next++;
                StringBuilder bound = new StringBuilder();
                while (!accept('_')) {
                    bound.append(peek());
                    next++;
                }
                return remember(type() + "[" + bound + "]");
            }
            case 'S' -> {
                if (mangled.startsWith("St", next)) {
                    return remember(name());
                }
                String known = substitution();
                return peek() == 'I' ? remember(known + arguments()) : known;
            }
            case 'N' -> {
                return remember(name());
            }
            case 'D' -> {
                if (accept("Dn")) {
                    return "nullptr_t";
                }
                throw new UnknownMangling();
            }
            default -> {
                String name = source();
                substitutions.add(name);
                return peek() == 'I' ? remember(name + arguments()) : name;
            }
        }
    }

    private static String pointer(String of, String sign) {
        return of.endsWith(")") && of.contains(" (") ? of.replaceFirst(" \\(", " (" + sign + ")(") : of + sign;
    }

    private String remember(String type) {
        substitutions.add(type);
        return type;
    }

    /** S_ is the first candidate, S0_ the second, in base 36. */
    private String substitution() {
        expect('S');
        int index = 0;
        if (peek() != '_') {
            while (peek() != '_') {
                int digit = Character.digit(peek(), 36);
                if (digit < 0 || Character.isLowerCase(peek())) {
                    throw new UnknownMangling();
                }
                index = index * 36 + digit;
                next++;
            }
            index++;
        }
        expect('_');
        return substitutions.get(index);
    }

    private char peek() {
        return mangled.charAt(next);
    }

    private boolean accept(char c) {
        if (peek() == c) {
            next++;
            return true;
        }
        return false;
    }

    private boolean accept(String text) {
        if (mangled.startsWith(text, next)) {
            next += text.length();
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw new UnknownMangling();
        }
    }
}
