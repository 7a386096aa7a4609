package org.warpgrade.reports.html;

import java.util.Locale;
import org.warpgrade.reports.Messages;

/** Names that come from the result and may or may not have a translation. */
final class Names {

    private Names() {}

    static String stage(String stage, Messages messages) {
        return translated("stage." + stage, stage, messages);
    }

    static String limiter(String limiter, Messages messages) {
        return translated("limiter." + limiter.toLowerCase(Locale.ROOT).replace(' ', '-'), limiter, messages);
    }

    private static String translated(String key, String otherwise, Messages messages) {
        return messages.has(key) ? messages.text(key) : otherwise;
    }
}
