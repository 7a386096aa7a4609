package org.warpgrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.warpgrade.gpu.cpu.CpuDevice;

/** The reader of samples, on the device that every machine has. */
class PtxSamplesTests {

    private final List<Path> samples = samples();

    private static List<Path> samples() {
        try {
            return PtxSamples.in(PtxSamples.folder(Path.of(System.getProperty("warpgrade.home"))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void right_bits_are_nothing_to_tell() throws IOException {
        assertThat(samples).hasSizeGreaterThan(300);
        try (CpuDevice device = new CpuDevice()) {
            for (Path sample : samples.subList(0, 5)) {
                assertThat(PtxSamples.run(device, sample)).as(sample.toString()).isEmpty();
            }
        }
    }

    @Test
    void wrong_bits_are_told(@TempDir Path folder) throws IOException {
        String text = Files.readString(samples.getFirst()).replaceFirst("-> 0x(\\w+)", "-> 0xDEAD");
        Path wrong = Files.writeString(folder.resolve("wrong.ptx"), text);
        try (CpuDevice device = new CpuDevice()) {
            assertThat(PtxSamples.run(device, wrong)).matches("case 0 gives 0x[0-9a-f]+ instead of 0xdead");
        }
    }
}
