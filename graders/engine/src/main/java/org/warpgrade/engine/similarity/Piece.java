package org.warpgrade.engine.similarity;

import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.gpu.source.TokenKind;

/**
 * A token after preprocessing.
 *
 * @param text its plain spelling
 * @param kind what it is
 * @param line where it, or the macro call that it came from, stands
 */
record Piece(String text, TokenKind kind, int line) {

    static Piece of(Token token) {
        String text = token.kind() == TokenKind.PUNCTUATOR ? CudaLexer.plain(token.text()) : token.text();
        return new Piece(text, token.kind(), token.line());
    }

    Piece at(int otherLine) {
        return new Piece(text, kind, otherLine);
    }

    boolean is(String spelling) {
        return text.equals(spelling) && kind != TokenKind.STRING && kind != TokenKind.CHARACTER;
    }

    boolean isWord() {
        return kind == TokenKind.IDENTIFIER || kind == TokenKind.KEYWORD || kind == TokenKind.CUDA_WORD;
    }
}
