package org.warpgrade.reports.markdown;

import java.util.Set;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/**
 * Finds {@code $…$} and {@code $$…$$} before Markdown makes emphasis of their underscores. A formula neither begins nor
 * ends with a space, so that a price stays a price.
 */
final class FormulaParser implements InlineContentParser {

    static final class Factory implements InlineContentParserFactory {

        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$');
        }

        @Override
        public InlineContentParser create() {
            return new FormulaParser();
        }
    }

    @Override
    public ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        boolean display = scanner.matchMultiple('$') == 2;
        Position start = scanner.position();
        while (scanner.find('$') >= 0) {
            Position end = scanner.position();
            boolean escaped = scanner.peekPreviousCodePoint() == '\\';
            int dollars = scanner.matchMultiple('$');
            if (!escaped && dollars == (display ? 2 : 1)) {
                String tex = scanner.getSource(start, end).getContent();
                boolean formula = display ? !tex.isBlank() : !tex.isEmpty() && tex.equals(tex.strip());
                return formula
                        ? ParsedInline.of(new FormulaNode(tex, display), scanner.position())
                        : ParsedInline.none();
            }
        }
        return ParsedInline.none();
    }
}
