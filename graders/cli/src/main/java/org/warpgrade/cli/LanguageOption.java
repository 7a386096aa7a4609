package org.warpgrade.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --lang}: what people read in. */
final class LanguageOption {

    /** The languages that everything for students exists in. */
    enum Language {
        EN,
        ZH
    }

    @Option(
            names = "--lang",
            paramLabel = "en|zh",
            description = "Language of messages and reports; default: from the locale.")
    private @Nullable Language language;

    /** The language tag: {@code en} or {@code zh}. */
    String tag() {
        if (language != null) {
            return language.name().toLowerCase(Locale.ROOT);
        }
        return Locale.getDefault().getLanguage().equals("zh") ? "zh" : "en";
    }
}
