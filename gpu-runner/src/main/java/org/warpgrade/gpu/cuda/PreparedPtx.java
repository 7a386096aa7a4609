package org.warpgrade.gpu.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.cuda.PtxItem.Kind;

/**
 * A program's PTX as the driver can load it. Host functions are left out, for they run on our own machine; what kernels
 * call of the runtime, which only host code may, traps; and every variable becomes visible, so that the driver tells
 * where it is.
 */
final class PreparedPtx {

    /** What the driver brings along for kernels (CUDA programming guide: formatted output, assertion, dynamic allocation). */
    private static final Set<String> OF_THE_DRIVER = Set.of("vprintf", "__assertfail", "malloc", "free");

    private static final Pattern VERSION = Pattern.compile("(?m)^\\s*\\.version\\s+(\\d+)\\.(\\d+)");

    private PreparedPtx() {}

    /**
     * Prepares a program.
     *
     * @param driverVersion as {@code cuDriverGetVersion} gives it: 12060 for CUDA 12.6
     */
    static String of(String ptx, int driverVersion) {
        List<PtxItem> items = PtxItem.split(ptx);
        Set<String> needed = needed(items);
        StringBuilder out = new StringBuilder(ptx.length());
        for (PtxItem item : items) {
            String name = item.name();
            switch (item.kind()) {
                case DIRECTIVE, KERNEL -> out.append(item.text());
                case VARIABLE -> out.append(visible(item.text()));
                case FUNCTION -> out.append(needed.contains(name) ? item.text() : "");
                case DECLARATION -> out.append(needed.contains(name) ? declaration(item) : "");
            }
        }
        return understoodBy(driverVersion, out.toString());
    }

    /** Everything that kernels and variables name, and what that names. */
    private static Set<String> needed(List<PtxItem> items) {
        Map<String, Set<String>> wordsOf = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (PtxItem item : items) {
            if (item.name() != null && item.kind() != Kind.DECLARATION) {
                wordsOf.put(item.name(), item.words());
            }
            if (item.name() != null && (item.kind() == Kind.KERNEL || item.kind() == Kind.VARIABLE)) {
                open.add(item.name());
            }
        }
        Set<String> needed = new HashSet<>();
        while (!open.isEmpty()) {
            String name = open.poll();
            if (needed.add(name)) {
                open.addAll(wordsOf.getOrDefault(name, Set.of()));
            }
        }
        return needed;
    }

    private static String declaration(PtxItem item) {
        boolean offered = item.name() != null && OF_THE_DRIVER.contains(item.name());
        boolean elsewhere = item.text().contains(".extern");
        if (offered || !elsewhere) {
            return item.text();
        }
        String head = item.text().replaceFirst("\\.extern\\s+", "").replace(".noreturn", "");
        return head.substring(0, head.lastIndexOf(';')) + "{\n\ttrap;\n\tret;\n}\n";
    }

    private static String visible(String text) {
        Matcher linkage =
                Pattern.compile("\\.(visible|extern|weak|common|shared)\\b").matcher(text);
        return linkage.find() ? text : text.replaceFirst("\\.(global|const)\\b", ".visible .$1");
    }

    /**
     * A driver refuses a PTX version that is newer than it is (PTX ISA, release notes), though the program rarely uses what is
     * new; what it does not know it refuses by itself.
     */
    private static String understoodBy(int driverVersion, String ptx) {
        Matcher version = VERSION.matcher(ptx);
        if (!version.find()) {
            return ptx;
        }
        int written = 10 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        int known = newestVersion(driverVersion);
        return written <= known
                ? ptx
                : ptx.substring(0, version.start(1)) + known / 10 + "." + known % 10 + ptx.substring(version.end(2));
    }

    /** The PTX version of a CUDA release, ten times: CUDA 11.x has 7.x, 12.0 to 12.5 have 8.0 to 8.5, as has 12.6. */
    private static int newestVersion(int driverVersion) {
        int major = driverVersion / 1000;
        int minor = driverVersion % 1000 / 10;
        return major < 12 ? 70 + minor : major == 12 ? 80 + Math.min(minor, 5) : Integer.MAX_VALUE;
    }
}
