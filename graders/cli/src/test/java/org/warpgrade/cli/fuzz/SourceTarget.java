package org.warpgrade.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.result.Audience;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.compile.Progress;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.reports.Reports;

/** A submission's whole way: intake, guard, compiler process, public checks, result file, report. */
final class SourceTarget implements Fuzzing.Target, AutoCloseable {

    private final Path folder;
    private final NvrtcCompiler compiler = NvrtcCompiler.ofUser(Progress.silent());
    private final CpuDevice device = new CpuDevice();
    private final Grading grading;
    private int taken;

    SourceTarget(Path home, Path folder) {
        this.folder = folder;
        this.grading =
                new Grading(Catalog.of(home), new NvrtcSubmissions(compiler), device, ChecksFinder.onClassPath());
    }

    @Override
    public String take(String source) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.cu"), source);
        GradingResult result;
        try {
            result = grading.run(
                    GradingRequest.of(file).publicOnly().withoutResources().withThreads(1));
        } catch (IntakeException e) {
            return "intake: " + e.getMessage();
        }
        assertThat(result.verdict()).as("%s", result.checks()).isNotEqualTo(Verdict.HARNESS_ERROR);
        GradingResult read = ResultJson.read(ResultJson.write(result));
        assertThat(read.verdict()).isEqualTo(result.verdict());
        Reports.write(read, Audience.STUDENT, ++taken % 2 == 0 ? "en" : "zh", folder.resolve("report"));
        return result.assignment() + " " + result.verdict() + ": " + told(result);
    }

    private static String told(GradingResult result) {
        return result.checks().stream()
                .map(check -> check.status() + " "
                        + check.findings().stream()
                                .map(f -> f.kind())
                                .distinct()
                                .toList())
                .distinct()
                .toList()
                .toString();
    }

    @Override
    public void close() {
        device.close();
        compiler.close();
    }
}
