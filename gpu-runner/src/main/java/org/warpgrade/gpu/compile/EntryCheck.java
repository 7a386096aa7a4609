package org.warpgrade.gpu.compile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets the compiler itself decide whether the source defines the expected entries: a line per entry takes the address of
 * the function as the expected type, which also tells its PTX symbol whatever its linkage.
 */
final class EntryCheck {

    /** The file name under which the check's lines appear in NVRTC's log; no file of a student can have it. */
    static final String FILE = "<entry check>";

    private static final Pattern POINTER =
            Pattern.compile("(?m)^[^\\n]*\\b__warpgrade_entry_(\\d+) = ([\\w$.]+);\\n?");

    private final List<EntryExpectation> expected;
    private final List<String> chosen;

    /**
     * Takes the expected entries and, in the same order, the name that the source uses for each.
     */
    EntryCheck(List<EntryExpectation> expected, List<String> chosen) {
        this.expected = expected;
        this.chosen = chosen;
    }

    /** The text to append; line n is about the n-th entry. */
    String text() {
        StringBuilder text = new StringBuilder("#line 1 \"" + FILE + "\"\n");
        for (int i = 0; i < expected.size(); i++) {
            text.append("using __warpgrade_type_").append(i).append(" = ").append(expected.get(i).type())
                    .append("; extern \"C\" { __device__ __warpgrade_type_").append(i)
                    .append("* __warpgrade_entry_").append(i).append(" = &").append(chosen.get(i)).append("; }\n");
        }
        return text.toString();
    }

    /** The PTX symbol of each entry, read from the pointers that the check left in the PTX. */
    Map<String, String> symbols(String ptx) {
        Map<String, String> symbols = new LinkedHashMap<>();
        Matcher pointer = POINTER.matcher(ptx);
        while (pointer.find()) {
            symbols.put(expected.get(Integer.parseInt(pointer.group(1))).name(), pointer.group(2));
        }
        return symbols;
    }

    /** The PTX without the pointers. */
    static String strip(String ptx) {
        return POINTER.matcher(ptx).replaceAll("");
    }
}
