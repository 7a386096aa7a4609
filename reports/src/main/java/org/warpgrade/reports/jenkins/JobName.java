package org.warpgrade.reports.jenkins;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which job is meant.
 *
 * @param whole its name, the folders that it lies in before it, separated by slashes
 */
record JobName(String whole) {

    /** Without its folders. */
    String name() {
        return whole.substring(whole.lastIndexOf('/') + 1);
    }

    /** Null if it lies in none. */
    @Nullable
    String folders() {
        int end = whole.lastIndexOf('/');
        return end < 0 ? null : whole.substring(0, end);
    }

    /** {@code a/b} is {@code job/a/job/b/}. */
    String path() {
        return Arrays.stream(whole.split("/"))
                .map(part -> "job/" + encoded(part) + "/")
                .collect(Collectors.joining());
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
