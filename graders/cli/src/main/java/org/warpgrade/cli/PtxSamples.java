package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/**
 * The folder {@code ptx-samples}: programs whose headers say which bits they must store, {@code // INPUTS -> RESULT} per
 * thread, slots of 8 bytes. The same files judge the CPU device in every build.
 */
final class PtxSamples {

    private PtxSamples() {}

    /** The folder in a checkout or in a bundle. */
    static Path folder(Path home) {
        Path checkout = home.resolve("gpu-runner/src/test/resources/ptx-samples");
        return Files.isDirectory(checkout) ? checkout : home.resolve("gpu-runner/ptx-samples");
    }

    static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".ptx")).sorted().toList();
        }
    }

    /** Whether a program is for newer hardware than compute capability 9.0. */
    static boolean isForNewer(Path file) throws IOException {
        return Files.readString(file).lines().anyMatch(line -> line.matches("\\.target sm_1\\d\\d.*"));
    }

    /** What the device does otherwise than the header says, approximations apart; empty if nothing. */
    static String run(Device device, Path file) throws IOException {
        String ptx = Files.readString(file);
        List<Long> inputs = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        ptx.lines()
                .takeWhile(line -> line.startsWith("//"))
                .filter(line -> line.contains("->"))
                .forEach(line -> {
                    String[] sides = line.substring(2).split("->");
                    for (String word : sides[0].trim().split("\\s+")) {
                        inputs.add(bits(word));
                    }
                    expected.add(bits(sides[1]));
                });
        DeviceBuffer in = DeviceBuffer.longs("inputs", Access.IN, longs(inputs));
        DeviceBuffer out = DeviceBuffer.longs("outputs", Access.INOUT, new long[expected.size()]);
        Program program = new Program(
                new CudaSource(file.getFileName().toString(), ""),
                ptx,
                "by hand",
                "",
                List.of(),
                Map.of("sample", "sample"));
        Call call = Call.of("sample", Argument.pointer(in), Argument.pointer(out), Argument.i32(expected.size()));
        RunOutcome outcome = device.run(program, call, RunSettings.defaults());
        if (!(outcome instanceof RunOutcome.Completed completed)) {
            return words(outcome);
        }
        long[] actual = completed.buffers().longs(out);
        for (int i = 0; i < actual.length; i++) {
            long wanted = expected.get(i);
            long got = actual[i];
            if (got != wanted
                    && !Approximation.of(ptx).map(a -> a.holds(wanted, got)).orElse(false)) {
                return "case " + i + " gives 0x" + Long.toHexString(actual[i]) + " instead of 0x"
                        + Long.toHexString(expected.get(i));
            }
        }
        return "";
    }

    private static long bits(String word) {
        return Long.parseUnsignedLong(word.trim().substring(2), 16);
    }

    private static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** How a run ended, in a few words. */
    private static String words(RunOutcome outcome) {
        return switch (outcome) {
            case RunOutcome.Completed _ -> "completed";
            case RunOutcome.Faulted faulted -> faulted.fault().message();
            case RunOutcome.TimedOut late -> late.where().message();
            case RunOutcome.NoSuchEntry missing -> missing.message();
            case RunOutcome.Unsupported unsupported -> unsupported.message();
            case RunOutcome.DeviceLost lost -> lost.message();
        };
    }
}
