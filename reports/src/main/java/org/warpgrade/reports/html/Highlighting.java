package org.warpgrade.reports.html;

import java.util.ArrayList;
import java.util.List;
import org.warpgrade.gpu.source.CudaLexer;
import org.warpgrade.gpu.source.Token;
import org.warpgrade.reports.html.SourceListing.Span;

/** CUDA text in lines of coloured pieces; the colours are the style sheet's. */
public final class Highlighting {

    private final List<List<Span>> lines = new ArrayList<>();
    private List<Span> line = new ArrayList<>();

    private Highlighting() {}

    /** The text line by line, without empty lines at its end. */
    public static List<List<Span>> lines(String text) {
        String source = text.stripTrailing();
        Highlighting highlighting = new Highlighting();
        for (Token token : CudaLexer.tokenize(source)) {
            highlighting.add(style(token), source.substring(token.start(), token.end()));
        }
        highlighting.lines.add(List.copyOf(highlighting.line));
        return highlighting.lines;
    }

    /** A token may hold line ends: a comment, a raw string, a splice. */
    private void add(String style, String spelling) {
        int from = 0;
        for (int end = spelling.indexOf('\n'); end >= 0; end = spelling.indexOf('\n', from)) {
            piece(style, spelling.substring(from, end));
            lines.add(List.copyOf(line));
            line = new ArrayList<>();
            from = end + 1;
        }
        piece(style, spelling.substring(from));
    }

    private void piece(String style, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (!line.isEmpty() && line.getLast().kind().equals(style)) {
            Span before = line.removeLast();
            line.add(new Span(style, before.text() + text));
        } else {
            line.add(new Span(style, text));
        }
    }

    private static String style(Token token) {
        return switch (token.kind()) {
            case COMMENT -> "comment";
            case DIRECTIVE -> "directive";
            case HEADER_NAME, STRING, CHARACTER -> "string";
            case KEYWORD -> "keyword";
            case CUDA_WORD -> "cuda";
            case NUMBER -> "number-literal";
            case PUNCTUATOR -> token.text().equals("<<<") || token.text().equals(">>>") ? "cuda" : "";
            case WHITESPACE, NEWLINE, IDENTIFIER, OTHER -> "";
        };
    }
}
