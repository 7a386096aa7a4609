package org.warpgrade.reports.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.warpgrade.engine.similarity.MatchedRegion;
import org.warpgrade.engine.similarity.SimilarPair;
import org.warpgrade.engine.similarity.Work;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;
import org.warpgrade.reports.html.Pages;

/** Two alike works side by side, what they share marked in both with the same number. */
final class PairPages {

    /** Pages an assignment; the table lists more. */
    static final int MOST = 100;

    private PairPages() {}

    /** A line of source; {@code region} numbers what it shares from 1, 0 for nothing. */
    public record Line(int number, String text, int region) {}

    /** One of the two works. */
    public record Side(String owner, String file, List<Line> lines) {}

    static String name(String assignment, int index) {
        return "similar/" + assignment + "-" + (index + 1) + ".html";
    }

    static Map<String, String> render(Map<String, List<SimilarPair>> similar, Messages messages) {
        Map<String, String> pages = new LinkedHashMap<>();
        similar.forEach((assignment, pairs) -> {
            for (int i = 0; i < Math.min(MOST, pairs.size()); i++) {
                pages.put(name(assignment, i), page(assignment, pairs.get(i), messages));
            }
        });
        return pages;
    }

    private static String page(String assignment, SimilarPair pair, Messages messages) {
        List<MatchedRegion.Lines> first =
                pair.regions().stream().map(MatchedRegion::first).toList();
        List<MatchedRegion.Lines> second =
                pair.regions().stream().map(MatchedRegion::second).toList();
        Map<String, Object> model = new HashMap<>();
        model.put("assignment", assignment);
        model.put("score", Numbers.percent(pair.score()));
        model.put("symbols", pair.symbols());
        model.put("regions", pair.regions().size());
        model.put("sides", List.of(side(pair.first(), first), side(pair.second(), second)));
        return Pages.render("dashboard/pair.ftlh", messages, model);
    }

    private static Side side(Work work, List<MatchedRegion.Lines> regions) {
        List<Line> lines = new ArrayList<>();
        for (String text : Inert.text(work.text()).split("\n", -1)) {
            int number = lines.size() + 1;
            int region = 0;
            for (int i = 0; i < regions.size() && region == 0; i++) {
                region = regions.get(i).from() <= number && number <= regions.get(i).to() ? i + 1 : 0;
            }
            lines.add(new Line(number, text, region));
        }
        return new Side(Inert.line(work.owner()), Inert.line(work.file()), lines);
    }
}
