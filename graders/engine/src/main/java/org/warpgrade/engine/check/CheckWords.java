package org.warpgrade.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.warpgrade.assignments.Text;

/**
 * The short English names that checks give: families of cases, and the words around the formula of a bound. They are
 * keys as well as names, so they are written once, in English; {@code check_words_zh.properties} holds each again in Chinese.
 */
public final class CheckWords {

    private static final String GRADIENT = "gradient of ";

    private static final class Loaded {
        private static final Properties CHINESE = load();
    }

    private CheckWords() {}

    /** The name in both languages; a part without a translation, such as a formula, stands for itself. */
    public static Text of(String english) {
        String whole = Loaded.CHINESE.getProperty(english);
        return new Text(english, whole != null ? whole : chinese(english));
    }

    /** Who wrote an element, {@code softmax_kernel, block (0,0,0) thread (3,0,0)}, in both languages. */
    public static Text writer(String english) {
        return new Text(english, english.replace(", block (", "，线程块 (").replace(") thread (", ") 线程 ("));
    }

    private static String chinese(String parts) {
        return Arrays.stream(parts.split(", "))
                .map(part -> part.startsWith(GRADIENT) ? part(part.substring(GRADIENT.length())) + " 的梯度" : part(part))
                .collect(Collectors.joining("，"));
    }

    private static String part(String english) {
        return Loaded.CHINESE.getProperty(english, english);
    }

    private static Properties load() {
        Properties words = new Properties();
        try (InputStream in = CheckWords.class.getResourceAsStream("check_words_zh.properties")) {
            words.load(new InputStreamReader(
                    Objects.requireNonNull(in, "check_words_zh.properties is missing"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
