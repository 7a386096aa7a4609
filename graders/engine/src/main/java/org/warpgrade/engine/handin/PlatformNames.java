package org.warpgrade.engine.handin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What learning platforms write into the names of the files that they hand out. */
final class PlatformNames {

    /** {@code smithbob_340934_208490284_softmax-1.cu}, {@code smithbob_LATE_340934_208490284_softmax.cu}. */
    private static final Pattern CANVAS =
            Pattern.compile("([^_]+)_(LATE_)?(\\d+)_(\\d+)_(.+)", Pattern.CASE_INSENSITIVE);

    /** {@code Bob Smith_1234567_assignsubmission_file_} as a folder, or with the file's name behind it. */
    private static final Pattern MOODLE =
            Pattern.compile("(.*?)_?(\\d+)_assignsubmission_(?:file|onlinetext)(?:_(.*))?");

    /** What a name tells. */
    record Told(String name, String number, boolean late, String file) {}

    private PlatformNames() {}

    static Optional<Told> canvas(String fileName) {
        Matcher matcher = CANVAS.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new Told(matcher.group(1), matcher.group(3), matcher.group(2) != null, matcher.group(5)))
                : Optional.empty();
    }

    static Optional<Told> moodle(String folderOrFile) {
        Matcher matcher = MOODLE.matcher(folderOrFile);
        return matcher.matches()
                ? Optional.of(new Told(
                        matcher.group(1), matcher.group(2), false, matcher.group(3) == null ? "" : matcher.group(3)))
                : Optional.empty();
    }
}
