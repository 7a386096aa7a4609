package org.warpgrade.reports;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.warpgrade.gpu.Words;

/** Every sentence of the reports in one language, from {@code messages_<language>.properties}. */
public final class Messages {

    private static final Map<String, Messages> LOADED = new ConcurrentHashMap<>();

    private final String language;
    private final Properties texts;

    private Messages(String language, Properties texts) {
        this.language = language;
        this.texts = texts;
    }

    /** The messages for a language tag: Chinese for {@code zh…}, English for everything else. */
    public static Messages of(String language) {
        return LOADED.computeIfAbsent(language.startsWith("zh") ? "zh" : "en", Messages::load);
    }

    private static Messages load(String language) {
        String file = "messages_" + language + ".properties";
        Properties texts = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the class path");
            }
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Messages(language, texts);
    }

    /** {@code en} or {@code zh}. */
    public String language() {
        return language;
    }

    /** The sentence with {@code {0}}, {@code {1}} … replaced; nothing else in it is special. */
    public String text(String key, Object... arguments) {
        String sentence = texts.getProperty(key);
        if (sentence == null) {
            throw new IllegalArgumentException("no message '" + key + "' in " + language);
        }
        for (int i = 0; i < arguments.length; i++) {
            sentence = sentence.replace("{" + i + "}", String.valueOf(arguments[i]));
        }
        return sentence;
    }

    /** What a device or the compiler said, in this language. */
    public String said(String english) {
        return Words.in(language, english);
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    Set<String> keys() {
        return new TreeSet<>(texts.stringPropertyNames());
    }
}
