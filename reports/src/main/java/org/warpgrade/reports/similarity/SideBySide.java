package org.warpgrade.reports.similarity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.warpgrade.engine.similarity.MatchedRegion;
import org.warpgrade.engine.similarity.MatchedRegion.Lines;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.engine.similarity.Work;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.html.Highlighting;
import org.warpgrade.reports.html.SourceListing.Span;

/**
 * One of two texts with the pieces marked that the other has, too.
 *
 * @param id {@code a} or {@code b}: prefix of the anchors
 * @param owner whose text it is
 * @param file its name
 * @param lines the text
 */
public record SideBySide(String id, String owner, String file, List<Line> lines) {

    /** As many colours as the style sheet has; the number of a piece says which it is, the colour only helps. */
    private static final int COLOURS = 6;

    /**
     * @param number counted from 1
     * @param region the shared piece that it belongs to, counted from 1; 0 if to none
     * @param colour of the piece
     * @param first whether the piece begins here
     */
    public record Line(int number, List<Span> spans, int region, int colour, boolean first) {}

    static SideBySide first(SimilarPair pair) {
        return of("a", pair.first(), pair.regions(), MatchedRegion::first);
    }

    static SideBySide second(SimilarPair pair) {
        return of("b", pair.second(), pair.regions(), MatchedRegion::second);
    }

    private static SideBySide of(
            String id, Work work, List<MatchedRegion> regions, Function<MatchedRegion, Lines> side) {
        List<List<Span>> text = Highlighting.lines(Inert.text(work.text()));
        int[] region = new int[text.size() + 1];
        boolean[] first = new boolean[text.size() + 1];
        for (int i = 0; i < regions.size(); i++) {
            Lines lines = side.apply(regions.get(i));
            boolean begun = false;
            for (int line = lines.from(); line <= Math.min(lines.to(), text.size()); line++) {
                if (region[line] == 0) {
                    region[line] = i + 1;
                    first[line] = !begun;
                    begun = true;
                }
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int line = 1; line <= text.size(); line++) {
            int colour = region[line] == 0 ? 0 : 1 + (region[line] - 1) % COLOURS;
            lines.add(new Line(line, text.get(line - 1), region[line], colour, first[line]));
        }
        return new SideBySide(id, Inert.text(work.owner()), Inert.text(work.file()), lines);
    }
}
