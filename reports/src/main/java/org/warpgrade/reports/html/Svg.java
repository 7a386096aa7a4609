package org.warpgrade.reports.html;

import java.util.Locale;

/**
 * A small SVG writer. Colours are presentation attributes (what a reader without our style sheet sees) and classes
 * (what the style sheet overrides for dark screens); style attributes would be dropped by Jenkins' content policy.
 */
public final class Svg {

    private final StringBuilder text = new StringBuilder();

    /** A picture of the given size in its own units that scales with the page. */
    public Svg(double width, double height, String cssClass, String description) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"")
                .append(cssClass)
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\" role=\"img\" aria-label=\"")
                .append(escape(description))
                .append("\">");
    }

    public Svg rectangle(double x, double y, double width, double height, double radius, String cssClass, String fill) {
        return rectangle(x, y, width, height, radius, cssClass, fill, "");
    }

    /** A rectangle with a tooltip. */
    public Svg rectangle(
            double x, double y, double width, double height, double radius, String cssClass, String fill, String tip) {
        text.append("<rect x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append('"');
        if (radius > 0) {
            text.append(" rx=\"").append(number(radius)).append('"');
        }
        text.append(" class=\"")
                .append(cssClass)
                .append("\" fill=\"")
                .append(fill)
                .append('"');
        if (tip.isEmpty()) {
            text.append("/>");
        } else {
            text.append("><title>").append(escape(tip)).append("</title></rect>");
        }
        return this;
    }

    public Svg path(String data, String cssClass, String fill) {
        text.append("<path d=\"")
                .append(data)
                .append("\" class=\"")
                .append(cssClass)
                .append("\" fill=\"")
                .append(fill)
                .append("\"/>");
        return this;
    }

    /** An open line along the path. */
    public Svg line(String data, String cssClass, String stroke) {
        text.append("<path d=\"")
                .append(data)
                .append("\" class=\"")
                .append(cssClass)
                .append("\" fill=\"none\" stroke=\"")
                .append(stroke)
                .append("\" stroke-width=\"1.5\"/>");
        return this;
    }

    public Svg circle(double x, double y, double radius, String cssClass, String stroke) {
        text.append("<circle cx=\"")
                .append(number(x))
                .append("\" cy=\"")
                .append(number(y))
                .append("\" r=\"")
                .append(number(radius))
                .append("\" class=\"")
                .append(cssClass)
                .append("\" fill=\"none\" stroke=\"")
                .append(stroke)
                .append("\" stroke-width=\"2\"/>");
        return this;
    }

    /** A filled circle with a tooltip. */
    public Svg disc(double x, double y, double radius, String cssClass, String fill, String tip) {
        text.append("<circle cx=\"")
                .append(number(x))
                .append("\" cy=\"")
                .append(number(y))
                .append("\" r=\"")
                .append(number(radius))
                .append("\" class=\"")
                .append(cssClass)
                .append("\" fill=\"")
                .append(fill)
                .append("\"><title>")
                .append(escape(tip))
                .append("</title></circle>");
        return this;
    }

    /** @param anchor start, middle or end */
    public Svg label(double x, double y, String anchor, String cssClass, String words) {
        text.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\" class=\"")
                .append(cssClass)
                .append("\" fill=\"#57606a\" font-size=\"11\" font-family=\"sans-serif\">")
                .append(escape(words))
                .append("</text>");
        return this;
    }

    public String close() {
        return text + "</svg>";
    }

    public static String number(double value) {
        String fixed = String.format(Locale.ROOT, "%.2f", value);
        return fixed.contains(".") ? fixed.replaceAll("\\.?0+$", "") : fixed;
    }

    public static String escape(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
