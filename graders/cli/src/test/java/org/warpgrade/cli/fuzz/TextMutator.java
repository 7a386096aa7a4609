package org.warpgrade.cli.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes texts as a careless or hostile author would: by lines, by words, by numbers, rarely by single characters. */
final class TextMutator implements Mutants {

    private static final Pattern WORD = Pattern.compile("[%$.]?[A-Za-z_][\\w.]*");
    private static final Pattern NUMBER = Pattern.compile("\\b\\d+\\b");

    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "2",
        "31",
        "32",
        "33",
        "255",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "4294967295",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "1e308",
        "-0",
        "0x7fffffff"
    };

    private static final String ODD = "{}()[];,:\"'\\/*#@%$&|<>=+-~`?\t\n\0\u00e9\u4e2d";

    /** Kept mutants that are longer, or more of them, cost more time than they show. */
    private static final int LONGEST_KEPT = 20_000;

    private static final int MOST_KEPT = 2_000;

    private final List<String> corpus;
    private final List<String> kept = new ArrayList<>();

    /** @param corpus texts to start from and to take pieces of */
    TextMutator(List<String> corpus) {
        this.corpus = corpus;
    }

    @Override
    public void keep(String mutant) {
        if (mutant.length() <= LONGEST_KEPT && kept.size() < MOST_KEPT) {
            kept.add(mutant);
        }
    }

    @Override
    public String mutant(long number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        List<String> from = kept.isEmpty() || random.nextInt(3) > 0 ? corpus : kept;
        return changed(from.get(random.nextInt(from.size())), random, 1 + random.nextInt(4));
    }

    /** The text with some changes. */
    String changed(String text, Random random, int changes) {
        for (int i = 0; i < changes; i++) {
            text = changed(text, random);
        }
        return text;
    }

    private String changed(String text, Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> lines(text, random, (lines, i) -> lines.remove(i));
            case 1 -> lines(text, random, (lines, i) -> lines.add(random.nextInt(lines.size()), lines.get(i)));
            case 2 -> lines(text, random, (lines, i) -> lines.set(i, lines.get(random.nextInt(lines.size()))));
            case 3 -> lines(text, random, (lines, i) -> lines.add(i, foreignLine(random)));
            case 4, 5, 6 -> swapped(text, WORD, random, foreignWord(random));
            case 7, 8, 9 -> swapped(text, NUMBER, random, NUMBERS[random.nextInt(NUMBERS.length)]);
            case 10 -> character(text, random);
            default -> repeated(text, random);
        };
    }

    /** Changes the lines of a text in place. */
    @FunctionalInterface
    private interface LineChange {
        void apply(List<String> lines, int at);
    }

    private static String lines(String text, Random random, LineChange change) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        change.apply(lines, random.nextInt(lines.size()));
        return String.join("\n", lines);
    }

    private String foreignLine(Random random) {
        String[] lines = corpus.get(random.nextInt(corpus.size())).split("\n", -1);
        return lines[random.nextInt(lines.length)];
    }

    private String foreignWord(Random random) {
        Matcher words = WORD.matcher(foreignLine(random));
        return words.find() ? words.group() : "x";
    }

    /** One match, mostly of the second half where the code stands, replaced by something else. */
    private static String swapped(String text, Pattern what, Random random, String by) {
        int from = text.isEmpty() ? 0 : random.nextInt(text.length());
        Matcher matcher = what.matcher(text);
        if (!matcher.find(from) && !matcher.find(0)) {
            return text;
        }
        return text.substring(0, matcher.start()) + by + text.substring(matcher.end());
    }

    private static String character(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int odd = random.nextInt(ODD.length());
        return text.substring(0, at)
                + ODD.charAt(odd)
                + text.substring(Math.min(text.length(), at + random.nextInt(2)));
    }

    private static String repeated(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(40));
        int times = 1 << random.nextInt(8);
        return text.substring(0, to) + text.substring(from, to).repeat(times) + text.substring(to);
    }
}
