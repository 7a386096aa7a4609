package org.warpgrade.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of {@code gpu-checks}: in the file and on the terminal as soon as they are known. */
final class GpuCheckRows {

    private final Path file;
    private final PrintStream out;
    private final long begin = System.nanoTime();
    private final List<String> lines = new ArrayList<>(List.of("| what | result |", "|---|---|"));
    private boolean good = true;

    GpuCheckRows(Path file, PrintStream out) throws IOException {
        this.file = file;
        this.out = out;
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        write();
    }

    void add(String what, String result) {
        lines.add("| " + cell(what) + " | " + cell(result) + " |");
        out.printf(Locale.ROOT, "%4.0f s  %s: %s%n", (System.nanoTime() - begin) / 1e9, what, result);
        out.flush();
        write();
    }

    /** A row that holds or does not. */
    void check(String what, String result, boolean holds) {
        good &= holds;
        add(what, holds ? result : "**" + result + "**");
    }

    boolean allGood() {
        return good;
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private void write() {
        try {
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
