package org.warpgrade.gpu.ptx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PTX program with its inputs and expected bits: {@code // 0x7FFFFFFF 0x00000001 -> 0x80000000} in its header is one
 * case. Thread i runs case i; every input and every result is a slot of 8 bytes, zero above the operand's width.
 */
record PtxSample(String name, String ptx, List<Case> cases) {

    /** The bits of one thread's inputs, and of the result that it must store. */
    record Case(List<Long> inputs, long expected) {

        @Override
        public String toString() {
            return String.join(" ", inputs.stream().map(Long::toHexString).toList());
        }
    }

    /** Every sample of a folder, by name. */
    static List<PtxSample> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".ptx"))
                    .sorted()
                    .map(PtxSample::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static PtxSample read(Path file) {
        try {
            String ptx = Files.readString(file);
            List<Case> cases = ptx.lines()
                    .takeWhile(line -> line.startsWith("//"))
                    .filter(line -> line.contains("->"))
                    .map(PtxSample::parse)
                    .toList();
            return new PtxSample(file.getFileName().toString(), ptx, cases);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Case parse(String line) {
        List<Long> bits = new ArrayList<>();
        for (String word : line.substring(2).trim().split("\\s+")) {
            if (!word.equals("->")) {
                bits.add(Long.parseUnsignedLong(word.substring(2), 16));
            }
        }
        return new Case(List.copyOf(bits.subList(0, bits.size() - 1)), bits.getLast());
    }

    @Override
    public String toString() {
        return name;
    }
}
