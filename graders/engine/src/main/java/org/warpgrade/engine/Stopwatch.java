package org.warpgrade.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Wall-clock time by stage, in milliseconds. */
final class Stopwatch {

    private final Map<String, Double> laps = new LinkedHashMap<>();
    private long last = System.nanoTime();

    void lap(String stage) {
        long now = System.nanoTime();
        laps.merge(stage, (now - last) / 1e6, Double::sum);
        last = now;
    }

    Map<String, Double> laps() {
        return Collections.unmodifiableMap(laps);
    }
}
