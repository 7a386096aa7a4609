package org.warpgrade.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Assignment.CheckSpec;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.check.CheckWords;

/** A student who reads Chinese meets no English family of cases. */
class CheckWordsTests {

    private static final Path HOME = Path.of(System.getProperty("warpgrade.home", "../.."));

    /** A family as a check gives it, written out: the first text after the bench. */
    private static final Pattern FAMILY = Pattern.compile(
            "(?:\\b(?:run\\w*|check\\w*|verify|build|forward|backward\\w*|untouched)\\(bench,|bench\\.run\\()\\s*\"([^\"]*[^\" ])\"");

    /** A word of English: formulas such as {@code B^T A^T} and names such as {@code alpha = 0} have none. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w_-])(?!alpha|beta|relu|sum|max)[a-z]{3,}(?![\\w_(])");

    @Test
    void families_of_the_catalogue_have_a_chinese_name() throws Exception {
        Set<String> english = new TreeSet<>();
        for (Assignment assignment : Catalog.of(HOME).assignments()) {
            assignment.checks().stream().map(CheckSpec::family).forEach(english::add);
        }

        assertThat(english).hasSizeGreaterThan(50).allSatisfy(CheckWordsTests::isTranslated);
    }

    @Test
    void families_of_cases_have_a_chinese_name() throws IOException {
        Set<String> english = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                FAMILY.matcher(Files.readString(file)).results().forEach(found -> english.add(found.group(1)));
            }
        }

        assertThat(english).hasSizeGreaterThan(30).allSatisfy(CheckWordsTests::isTranslated);
    }

    @Test
    void parts_are_translated_one_by_one() {
        assertThat(CheckWords.of("special values, gradient of relu").zh()).isEqualTo("特殊值，relu 的梯度");
        assertThat(CheckWords.of("alpha = 0, A and B null").zh()).isEqualTo("alpha = 0，A 与 B 为空指针");
        assertThat(CheckWords.of("metamorphic: shift").en()).isEqualTo("metamorphic: shift");
    }

    private static void isTranslated(String english) {
        String chinese = CheckWords.of(english).zh();
        assertThat(Arrays.stream(chinese.split("，"))
                        .filter(part -> WORD.matcher(part).find() && !part.matches(".*\\p{IsHan}.*")))
                .as(english + " -> " + chinese)
                .isEmpty();
    }
}
