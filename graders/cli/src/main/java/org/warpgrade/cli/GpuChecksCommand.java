package org.warpgrade.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.worker.WorkerDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code warpgrade gpu-checks}: everything that can only be known on a GPU, as rows for {@code MEASURED.md}. */
@Command(
        description =
                "On a machine with a GPU: check the cuda device against the cpu device and measure; writes Markdown rows.",
        footer = {"", "Each row is written as soon as it is known, so a run that is cut off has told what it found."})
final class GpuChecksCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the rows go; default: gpu-checks.md.")
    private Path out = Path.of("gpu-checks.md");

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "What is not begun by then is left out and told; default: 9.")
    private int minutes = 9;

    @Option(
            names = "--rehearse",
            description =
                    "Problems of the model's sizes, starters alone, no peaks: to try the procedure on a driver double.")
    private boolean rehearse;

    @Option(names = "--python", paramLabel = "PROGRAM", description = "A Python that may have torch; default: python3.")
    private String python = "python3";

    @Option(names = "--only", paramLabel = "ID", description = "Only these assignments; repeatable, default: all.")
    private List<String> only = List.of();

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "Of ${COMPLETION-CANDIDATES}, separated by commas; default: all.")
    private Set<GpuChecks.Part> parts = EnumSet.allOf(GpuChecks.Part.class);

    @Mixin
    private DeviceOption deviceOption = new DeviceOption();

    GpuChecksCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CatalogException {
        Path home = Path.of(System.getProperty("warpgrade.home", "."));
        GpuCheckRows rows = new GpuCheckRows(out, terminal.out());
        try (Device opened = deviceOption.openAlone();
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, false))) {
            if (!(opened instanceof WorkerDevice gpu)) {
                throw new DeviceUnavailableException(
                        "gpu-checks needs an NVIDIA GPU, and this machine has none that can be used.");
            }
            new GpuChecks(gpu, nvrtc, home, rows, Duration.ofMinutes(minutes), rehearse, python, only, parts).run();
        } catch (IntakeException e) {
            throw new UsageException(e.getMessage() + ".");
        }
        terminal.out().println("written to " + out);
        return (rows.allGood() ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS).code();
    }
}
