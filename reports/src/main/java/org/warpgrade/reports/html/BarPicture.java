package org.warpgrade.reports.html;

import java.util.Map;
import java.util.stream.Collectors;
import org.warpgrade.reports.Messages;
import org.warpgrade.reports.Numbers;

/** Bars: a fraction of one, or the stages of a run side by side. */
final class BarPicture {

    private static final String[] STAGES = {
        "#8250df", "#0969da", "#2da44e", "#bf8700", "#cf222e", "#57606a", "#1b7c83", "#bf3989", "#953800"
    };

    private BarPicture() {}

    /** A fraction as a small bar for a table cell. */
    static String fraction(double fraction, String description) {
        double width = 90;
        Svg svg = new Svg(width, 10, "fraction", description);
        svg.rectangle(0, 0, width, 10, 5, "fraction-room", "#eaeef2");
        if (fraction > 0) {
            svg.rectangle(0, 0, Math.max(6, width * Math.min(1, fraction)), 10, 5, "fraction-fill", "#0969da");
        }
        return svg.close();
    }

    /** Milliseconds by stage, one bar of adjoining segments. */
    static String stages(Map<String, Double> millis, Messages messages) {
        double total = millis.values().stream().mapToDouble(Double::doubleValue).sum();
        String words = millis.entrySet().stream()
                .map(e -> Names.stage(e.getKey(), messages) + " " + Numbers.duration(e.getValue()))
                .collect(Collectors.joining(", "));
        Svg svg = new Svg(760, 18, "stages", messages.text("timings.picture", words));
        double x = 0;
        int index = 0;
        for (Map.Entry<String, Double> stage : millis.entrySet()) {
            double width = total == 0 ? 0 : 760 * stage.getValue() / total;
            String tip = Names.stage(stage.getKey(), messages) + " " + Numbers.duration(stage.getValue());
            int colour = Math.min(index++, STAGES.length - 1);
            if (width > 0) {
                svg.rectangle(x, 0, width, 18, 0, "stage-" + colour, STAGES[colour], tip);
            }
            x += width;
        }
        return svg.close();
    }
}
