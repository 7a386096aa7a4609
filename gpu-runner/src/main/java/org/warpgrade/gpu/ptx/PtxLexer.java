package org.warpgrade.gpu.ptx;

/**
 * Cuts PTX text into tokens, one ahead. Words hold dots ({@code ld.global.f32}, {@code .reg}, {@code %tid.x}), because
 * PTX never separates a name from its suffixes.
 */
final class PtxLexer {

    enum Kind {
        WORD,
        NUMBER,
        STRING,
        PUNCTUATION,
        END
    }

    private final String text;
    private int position;
    private int line = 1;

    private Kind kind = Kind.PUNCTUATION;
    private String value = "";

    PtxLexer(String text) {
        this.text = text;
        advance();
    }

    Kind kind() {
        return kind;
    }

    /** The present token's text; a string without its quotes. */
    String value() {
        return value;
    }

    int line() {
        return line;
    }

    boolean at(String expected) {
        return value.equals(expected) && kind != Kind.STRING;
    }

    boolean accept(String expected) {
        if (at(expected)) {
            advance();
            return true;
        }
        return false;
    }

    void expect(String expected) {
        if (!accept(expected)) {
            throw error("expected '" + expected + "' but found '" + value + "'");
        }
    }

    /** Takes the present token whatever it is. */
    String take() {
        String taken = value;
        advance();
        return taken;
    }

    String takeWord() {
        if (kind != Kind.WORD) {
            throw error("expected a name but found '" + value + "'");
        }
        return take();
    }

    /** Takes a number: an integer, or the bits of a float or a double (PTX ISA 4.5, Constants). */
    Operand takeConstant() {
        return constant(take());
    }

    long takeInteger() {
        return parseInteger(take());
    }

    private Operand constant(String text) {
        if (text.length() == 10 && (text.startsWith("0f") || text.startsWith("0F"))) {
            return new Operand.FloatBits(Integer.parseUnsignedInt(text, 2, 10, 16));
        }
        if (text.length() == 18 && (text.startsWith("0d") || text.startsWith("0D"))) {
            return new Operand.DoubleBits(Long.parseUnsignedLong(text, 2, 18, 16));
        }
        if (text.indexOf('.') >= 0 || text.indexOf('e') > 0 && !text.startsWith("0x")) {
            return new Operand.DoubleBits(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
        return new Operand.Int(parseInteger(text));
    }

    private long parseInteger(String text) {
        String digits = text.endsWith("U") ? text.substring(0, text.length() - 1) : text;
        try {
            if (digits.startsWith("-")) {
                return -parseInteger(digits.substring(1));
            }
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            if (digits.startsWith("0b") || digits.startsWith("0B")) {
                return Long.parseUnsignedLong(digits.substring(2), 2);
            }
            if (digits.length() > 1 && digits.startsWith("0")) {
                return Long.parseUnsignedLong(digits, 8);
            }
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException bad) {
            throw error("bad number '" + text + "'");
        }
    }

    PtxSyntaxException error(String message) {
        return new PtxSyntaxException(line, message);
    }

    /** The rest of the line after the present token, for the directives that end with it; then moves on. */
    String takeRestOfLine() {
        int end = text.indexOf('\n', position);
        if (end < 0) {
            end = text.length();
        }
        String rest = text.substring(position, end).strip();
        position = end;
        advance();
        return rest;
    }

    /** Moves on to the next token; behind the end there is none, so that no loop waits there for what never comes. */
    void advance() {
        if (kind == Kind.END) {
            throw error("unexpected end of the text");
        }
        skipBlanks();
        if (position >= text.length()) {
            kind = Kind.END;
            value = "";
            return;
        }
        char c = text.charAt(position);
        int start = position;
        if (isWordStart(c)) {
            position++;
            while (position < text.length() && (isWordPart(text.charAt(position)) || isJoint())) {
                position += isJoint() ? 2 : 1;
            }
            kind = Kind.WORD;
            value = text.substring(start, position);
        } else if (c >= '0' && c <= '9') {
            position++;
            while (position < text.length() && isNumberPart(text.charAt(position))) {
                position++;
            }
            kind = Kind.NUMBER;
            value = text.substring(start, position);
        } else if (c == '"') {
            int end = text.indexOf('"', position + 1);
            if (end < 0) {
                throw error("unterminated string");
            }
            kind = Kind.STRING;
            value = text.substring(position + 1, end);
            position = end + 1;
        } else {
            position++;
            kind = Kind.PUNCTUATION;
            value = PUNCTUATION[c < 128 ? c : 0];
        }
    }

    private static final String[] PUNCTUATION = new String[128];

    static {
        for (int c = 0; c < 128; c++) {
            PUNCTUATION[c] = String.valueOf((char) c).intern();
        }
    }

    private void skipBlanks() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '\n') {
                line++;
                position++;
            } else if (c <= ' ') {
                position++;
            } else if (c == '/' && position + 1 < text.length() && text.charAt(position + 1) == '/') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (c == '/' && position + 1 < text.length() && text.charAt(position + 1) == '*') {
                int end = text.indexOf("*/", position + 2);
                if (end < 0) {
                    throw error("unterminated comment");
                }
                for (int i = position; i < end; i++) {
                    if (text.charAt(i) == '\n') {
                        line++;
                    }
                }
                position = end + 2;
            } else {
                return;
            }
        }
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '$' || c == '%' || c == '.';
    }

    /** "::" joins some modifiers ({@code .shared::cta}); a single colon ends a label, and labels never end in "::". */
    private boolean isJoint() {
        return text.startsWith("::", position) && position + 2 < text.length() && isWordPart(text.charAt(position + 2));
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || c >= '0' && c <= '9';
    }

    private static boolean isNumberPart(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.';
    }
}
