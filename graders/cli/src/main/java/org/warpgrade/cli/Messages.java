package org.warpgrade.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** The command line's sentences in one language, from {@code messages_<language>.properties}. */
final class Messages {

    private final Properties texts;

    private Messages(Properties texts) {
        this.texts = texts;
    }

    static Messages of(String language) {
        String file = "messages_" + (language.startsWith("zh") ? "zh" : "en") + ".properties";
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(Messages.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Messages(texts);
    }

    /** The sentence with {@code {0}}, {@code {1}} … filled in as they are, numbers ungrouped. */
    String text(String key, Object... arguments) {
        String pattern = texts.getProperty(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no message '" + key + "'");
        }
        Object[] plain = Stream.of(arguments).map(String::valueOf).toArray();
        return new MessageFormat(pattern, Locale.ROOT).format(plain);
    }

    /** For tests: every key. */
    Stream<String> keys() {
        return texts.stringPropertyNames().stream().sorted();
    }
}
