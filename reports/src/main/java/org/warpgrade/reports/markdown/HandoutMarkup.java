package org.warpgrade.reports.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.warpgrade.reports.math.FormulaException;
import org.warpgrade.reports.math.Formulas;

/**
 * A handout as a part of a page. Its headings are demoted below the section's own, and get ids that begin with
 * {@code handout-}; markup in the text is shown, not obeyed.
 */
public final class HandoutMarkup {

    /** The page has one h1 and the section an h2, so that the handout's title becomes an h3. */
    private static final int DEMOTED_BY = 2;

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .customInlineContentParserFactory(new FormulaParser.Factory())
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> new HeadingIds())
            .nodeRendererFactory(FormulaRenderer::new)
            .build();

    private HandoutMarkup() {}

    /** The HTML of a handout, to be put into the page as it is. */
    public static String render(String markdown) {
        Node document = PARSER.parse(markdown);
        document.accept(new Demotion());
        return RENDERER.render(document);
    }

    /** What an author should know: formulas that cannot be read and dollar signs without a partner, by line. */
    public static List<String> problems(String markdown) {
        Problems problems = new Problems();
        PARSER.parse(markdown).accept(problems);
        return List.copyOf(problems.found);
    }

    private static final class Demotion extends AbstractVisitor {

        @Override
        public void visit(Heading heading) {
            heading.setLevel(Math.min(heading.getLevel() + DEMOTED_BY, 6));
            visitChildren(heading);
        }
    }

    private static final class HeadingIds implements AttributeProvider {

        private final Map<String, Integer> seen = new HashMap<>();

        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Heading) {
                String id = "handout-" + slug(words(node));
                int before = seen.merge(id, 1, Integer::sum) - 1;
                attributes.put("id", before == 0 ? id : id + "-" + (before + 1));
            }
            if (node instanceof FencedCodeBlock && tag.equals("pre")) {
                attributes.put("tabindex", "0");
            }
        }

        private static String slug(String words) {
            return words.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}]+", "-")
                    .replaceAll("^-|-$", "");
        }

        private static String words(Node heading) {
            StringBuilder words = new StringBuilder();
            heading.accept(new AbstractVisitor() {
                @Override
                public void visit(Text text) {
                    words.append(text.getLiteral());
                }

                @Override
                public void visit(Code code) {
                    words.append(code.getLiteral());
                }

                @Override
                public void visit(SoftLineBreak softLineBreak) {
                    words.append(' ');
                }
            });
            return words.toString();
        }
    }

    /** A formula that cannot be read is shown as it was typed: a student is better off with it than without. */
    private record FormulaRenderer(HtmlNodeRendererContext context) implements NodeRenderer {

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FormulaNode.class);
        }

        @Override
        public void render(Node node) {
            FormulaNode formula = (FormulaNode) node;
            HtmlWriter html = context.getWriter();
            try {
                html.raw(Formulas.toMathMl(formula.tex(), formula.display()));
            } catch (FormulaException e) {
                Map<String, String> attributes = new LinkedHashMap<>();
                attributes.put("class", "unread-formula");
                attributes.put("title", e.getMessage());
                html.tag("code", attributes);
                html.text(formula.source());
                html.tag("/code");
            }
        }
    }

    private static final class Problems extends AbstractVisitor {

        private final List<String> found = new ArrayList<>();

        @Override
        public void visit(CustomNode node) {
            if (node instanceof FormulaNode formula) {
                try {
                    Formulas.toMathMl(formula.tex(), formula.display());
                } catch (FormulaException e) {
                    found.add("line " + line(node) + ", " + formula.source() + ", " + e.getMessage());
                }
            }
            visitChildren(node);
        }

        @Override
        public void visit(Text text) {
            if (text.getLiteral().contains("$")) {
                found.add("line " + line(text) + ": a '$' without a partner");
            }
        }

        private static int line(Node node) {
            List<SourceSpan> spans = node.getSourceSpans();
            return spans.isEmpty() ? 0 : spans.getFirst().getLineIndex() + 1;
        }
    }
}
