package org.warpgrade.engine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.engine.result.CheckStatus;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.Verdict;

/**
 * What the first line of an exploit says must come of it.
 *
 * <pre>// exploit: 39 recognises the public case; verdict: failed; by: H1; points: 5</pre>
 *
 * @param verdict what it must get
 * @param by the check that must not pass; {@code intake} or {@code compile} where no check may even run
 * @param points the most that it may earn: what an honest wrong answer of its kind earns; 0 if nothing is said
 */
record Expectation(Verdict verdict, String by, int points) {

    static final String FORM = "// exploit: NUMBER-OR-NAME what it tries; verdict: VERDICT; by: CHECK[; points: N]";

    private static final Pattern LINE = Pattern.compile(
            "^//\\s*exploit:\\s*[^;]+;\\s*verdict:\\s*([\\w-]+);\\s*by:\\s*(\\w+)(?:;\\s*points:\\s*(\\d+))?\\s*$");

    private static final List<String> STAGES = List.of("intake", "compile");

    /**
     * Reads the line.
     *
     * @throws IllegalArgumentException with the words for its author if it is not one
     */
    static Expectation read(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("its first line must be '" + FORM + "'");
        }
        String points = matcher.group(3);
        return new Expectation(
                verdict(matcher.group(1)), matcher.group(2), points == null ? 0 : Integer.parseInt(points));
    }

    private static Verdict verdict(String id) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.id().equals(id)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("names " + id + ", which is no verdict");
    }

    /** Whether a result gives the exploit what it deserves and nothing more. */
    boolean isMetBy(GradingResult result) {
        return result.verdict() == verdict && result.score().earned() <= points && isStoppedBy(result);
    }

    private boolean isStoppedBy(GradingResult result) {
        if (STAGES.contains(by)) {
            return result.checks().stream().allMatch(c -> c.status() == CheckStatus.NOT_ASSESSED);
        }
        return result.checks().stream()
                .anyMatch(c -> c.id().equals(by)
                        && c.status() != CheckStatus.PASSED
                        && c.status() != CheckStatus.NOT_ASSESSED);
    }

    /** The expectation in a few characters, for a table. */
    String brief() {
        return verdict.id() + " " + by;
    }
}
