package org.warpgrade.reports.terminal;

/**
 * Colours and glyphs as data.
 *
 * @param colour whether escape sequences are written
 * @param good the glyph of a passed check
 * @param bad the glyph of a failed one
 * @param absent the glyph of one that was not assessed
 */
public record Palette(boolean colour, String good, String bad, String absent) {

    /** For terminals. */
    public static Palette coloured() {
        return new Palette(true, "✓", "✗", "–");
    }

    /** For logs and files. */
    public static Palette plain() {
        return new Palette(false, "✓", "✗", "–");
    }

    String green(String words) {
        return paint("32", words);
    }

    String red(String words) {
        return paint("31", words);
    }

    String yellow(String words) {
        return paint("33", words);
    }

    String dim(String words) {
        return paint("2", words);
    }

    String bold(String words) {
        return paint("1", words);
    }

    private String paint(String code, String words) {
        return colour ? "\u001b[" + code + "m" + words + "\u001b[0m" : words;
    }
}
