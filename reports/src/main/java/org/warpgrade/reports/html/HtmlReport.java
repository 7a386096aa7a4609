package org.warpgrade.reports.html;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.result.Attempt;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.reports.Handout;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.markdown.HandoutMarkup;

/**
 * The page of one graded submission. It works under Jenkins' default content policy: no script, no inline style, nothing
 * from elsewhere; pictures are inline SVG.
 */
public final class HtmlReport {

    private HtmlReport() {}

    /** Reads the templates ahead of time, for example while the checks run. */
    public static void warmUp() {
        Pages.warmUp("html/index.ftlh");
        HandoutMarkup.render("# $x$");
    }

    /**
     * {@code index.html}.
     *
     * @param result redacted for its audience and inert
     * @param forInstructor whether to say that the page shows hidden data
     */
    public static String page(GradingResult result, boolean forInstructor, String language) {
        return page(result, forInstructor, language, null);
    }

    /** The same page with what was asked; without it if {@code handout} is null. */
    public static String page(GradingResult result, boolean forInstructor, String language, @Nullable Handout handout) {
        return page(result, forInstructor, language, handout, List.of());
    }

    /** The same page with the attempts so far, the oldest first. */
    public static String page(
            GradingResult result,
            boolean forInstructor,
            String language,
            @Nullable Handout handout,
            List<Attempt> attempts) {
        Messages messages = Messages.of(language);
        Map<String, Object> model = new HashMap<>();
        model.put("result", result);
        model.put("forInstructor", forInstructor);
        List<SourceListing.Line> source = SourceListing.of(result, messages);
        model.put("page", new PageFormat(result, messages, source));
        model.put("source", source);
        model.put("attempts", AttemptsPicture.lines(attempts, messages));
        if (attempts.size() > 1) {
            model.put("attemptsPicture", Pages.markup(AttemptsPicture.draw(attempts, messages)));
        }
        if (handout != null) {
            model.put("handout", Pages.markup(HandoutMarkup.render(handout.markdown())));
        }
        return Pages.render("html/index.ftlh", messages, model);
    }

    /** {@code report.css}. */
    public static String styleSheet() {
        return Pages.styleSheet("html/report.css");
    }
}
