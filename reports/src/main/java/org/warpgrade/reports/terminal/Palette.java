package org.warpgrade.reports.terminal;

/**
 * Colours and glyphs as data.
 *
 * @param colour whether escape sequences are written
 * @param good the glyph of a passed check
 * @param bad the glyph of a failed one
 * @param absent the glyph of one that was not assessed
 * @param columns how wide a line may be
 */
public record Palette(boolean colour, String good, String bad, String absent, int columns) {

    /** Lines of a log, and of a terminal whose width is not known. */
    public static final int USUAL = 100;

    private static final int LEAST = 60;
    private static final int MOST = 120;

    /** For terminals. */
    public static Palette coloured() {
        return new Palette(true, "✓", "✗", "–", USUAL);
    }

    /** For logs and files. */
    public static Palette plain() {
        return new Palette(false, "✓", "✗", "–", USUAL);
    }

    /** For lines of that width, within what reads well; 0 for the usual one. */
    public Palette wide(int width) {
        return new Palette(colour, good, bad, absent, width == 0 ? USUAL : Math.clamp(width, LEAST, MOST));
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
