package org.warpgrade.gpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What devices and the compiler say, in the reader's language. They speak English, where it happens; {@code words_zh.txt}
 * holds each of their sentences again in Chinese. That keeps the places where something is found free of everything but
 * what was found, and a test that reads the compiled classes finds the sentence that is missing here.
 */
public final class Words {

    /** {@code {0}}: anything; {@code {v:reads|writes}}: one of these, and the one at the same place in the translation. */
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?::([^}]*))?}");

    private static final class Loaded {
        private static final List<Sentence> CHINESE = load("words_zh.txt");
    }

    private Words() {}

    /**
     * The text in that language, line by line.
     *
     * @param language a language tag; everything but {@code zh…} leaves the text as it is
     * @param english a finding's or a diagnostic's message
     * @return what has no translation, such as the compiler's own words, stays as it is
     */
    public static String in(String language, String english) {
        if (!language.startsWith("zh") || english.isEmpty()) {
            return english;
        }
        return english.lines().map(Words::chinese).collect(Collectors.joining("\n"));
    }

    private static String chinese(String line) {
        String words = line.strip();
        for (Sentence sentence : Loaded.CHINESE) {
            String translated = sentence.translate(words);
            if (translated != null) {
                return line.replace(words, translated);
            }
        }
        return line;
    }

    /** For tests: every English sentence with each choice, its places filled by the function. */
    static List<String> samples(Function<String, String> place) {
        return Loaded.CHINESE.stream().flatMap(s -> s.samples(place).stream()).toList();
    }

    /** The sentences with more fixed letters first: of two that fit, the one that says more is meant. */
    private static List<Sentence> load(String file) {
        List<Sentence> sentences = new ArrayList<>();
        InputStream in = Objects.requireNonNull(Words.class.getResourceAsStream(file), file);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String english = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("//")) {
                    continue;
                }
                if (english == null) {
                    english = line;
                } else {
                    sentences.add(Sentence.of(english, line));
                    english = null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sentences.sort(Comparator.comparingInt(Sentence::fixed).reversed());
        return List.copyOf(sentences);
    }

    /**
     * One sentence in both languages.
     *
     * @param english as written in the file
     * @param chinese as written in the file
     * @param fits the English one as a pattern with one group for each place
     * @param places the names of the places in the order of the groups
     * @param choices what each place may hold, empty for anything
     * @param fixed the number of letters that are no place
     */
    private record Sentence(
            String english, String chinese, Pattern fits, List<String> places, List<List<String>> choices, int fixed) {

        static Sentence of(String english, String chinese) {
            StringBuilder pattern = new StringBuilder();
            List<String> places = new ArrayList<>();
            List<List<String>> choices = new ArrayList<>();
            Matcher place = PLACE.matcher(english);
            int from = 0;
            int fixed = 0;
            while (place.find()) {
                pattern.append(Pattern.quote(english.substring(from, place.start())));
                fixed += place.start() - from;
                List<String> options = place.group(2) == null
                        ? List.of()
                        : List.of(place.group(2).split("\\|", -1));
                pattern.append(
                        options.isEmpty()
                                ? "(.*?)"
                                : options.stream().map(Pattern::quote).collect(Collectors.joining("|", "(", ")")));
                places.add(place.group(1));
                choices.add(options);
                from = place.end();
            }
            pattern.append(Pattern.quote(english.substring(from)));
            fixed += english.length() - from;
            return new Sentence(english, chinese, Pattern.compile(pattern.toString()), places, choices, fixed);
        }

        @Nullable
        String translate(String words) {
            Matcher found = fits.matcher(words);
            if (!found.matches()) {
                return null;
            }
            return PLACE.matcher(chinese).replaceAll(place -> {
                int i = places.indexOf(place.group(1));
                String given = found.group(i + 1);
                String shown = place.group(2) == null
                        ? Words.chinese(given)
                        : place.group(2).split("\\|", -1)[choices.get(i).indexOf(given)];
                return Matcher.quoteReplacement(shown);
            });
        }

        List<String> samples(Function<String, String> filler) {
            int most = choices.stream().mapToInt(List::size).max().orElse(0);
            List<String> samples = new ArrayList<>();
            for (int choice = 0; choice < Math.max(1, most); choice++) {
                int wanted = choice;
                samples.add(PLACE.matcher(english).replaceAll(place -> {
                    List<String> options = choices.get(places.indexOf(place.group(1)));
                    return Matcher.quoteReplacement(
                            options.isEmpty()
                                    ? filler.apply(place.group(1))
                                    : options.get(Math.min(wanted, options.size() - 1)));
                }));
            }
            return samples;
        }
    }
}
