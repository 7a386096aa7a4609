package org.warpgrade.gpu.source;

/** What a {@link Token} is. */
public enum TokenKind {
    /** Blanks, tabs, form feeds, carriage returns and line splices between tokens. */
    WHITESPACE,
    /** The end of a logical line. */
    NEWLINE,
    /** {@code // …} or {@code /* … *}{@code /}, delimiters included. */
    COMMENT,
    /** The {@code #} that begins a directive, and the directive's name. */
    DIRECTIVE,
    /** {@code <…>} or {@code "…"} after an include directive or in {@code __has_include}. */
    HEADER_NAME,
    /** A name that C++ and CUDA give no meaning. */
    IDENTIFIER,
    /** A reserved word of C++. */
    KEYWORD,
    /** A word of CUDA: execution and memory spaces, built-in variables. */
    CUDA_WORD,
    /** A preprocessing number, suffixes included. */
    NUMBER,
    /** A string literal, prefix and suffix included. */
    STRING,
    /** A character literal, prefix and suffix included. */
    CHARACTER,
    /** An operator or punctuator, digraphs included; {@code <<<} and {@code >>>} of a launch are one token. */
    PUNCTUATOR,
    /** A character that begins no token. */
    OTHER;

    /** Whether the compiler's parser would see it. */
    public boolean isSignificant() {
        return switch (this) {
            case WHITESPACE, NEWLINE, COMMENT -> false;
            case DIRECTIVE, HEADER_NAME, IDENTIFIER, KEYWORD, CUDA_WORD, NUMBER, STRING, CHARACTER, PUNCTUATOR, OTHER ->
                true;
        };
    }
}
