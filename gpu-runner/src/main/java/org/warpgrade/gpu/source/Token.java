package org.warpgrade.gpu.source;

/**
 * A piece of CUDA C++ text. The tokens of a text tile it: each begins where the one before ends.
 *
 * @param kind what it is
 * @param text its spelling without line splices (a raw string keeps them)
 * @param start offset of its first character in the text
 * @param end offset after its last character
 * @param line 1-based line of its first character
 * @param column 1-based column of its first character
 * @param inDirective whether it is part of a preprocessor directive
 * @param closed false for a comment or literal that the text ends, or the line breaks off, without closing
 */
public record Token(
        TokenKind kind, String text, int start, int end, int line, int column, boolean inDirective, boolean closed) {

    /** Whether it is this punctuator, word or directive name; digraphs count as what they stand for. */
    public boolean is(String spelling) {
        return kind == TokenKind.PUNCTUATOR || kind == TokenKind.DIRECTIVE
                ? CudaLexer.plain(text).equals(spelling)
                : text.equals(spelling);
    }

    /** Whether it is a name or a word. */
    public boolean isWord() {
        return kind == TokenKind.IDENTIFIER || kind == TokenKind.KEYWORD || kind == TokenKind.CUDA_WORD;
    }
}
