package org.warpgrade.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.engine.Grading;
import org.warpgrade.engine.GradingRequest;
import org.warpgrade.engine.IntakeException;
import org.warpgrade.engine.NvrtcSubmissions;
import org.warpgrade.engine.result.Attempt;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.History;
import org.warpgrade.engine.result.ResultJson;
import org.warpgrade.engine.result.Verdict;
import org.warpgrade.engine.runner.ChecksFinder;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.compile.NvrtcCompiler;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.reports.Handout;
import org.warpgrade.reports.Inert;
import org.warpgrade.reports.Reports;

/** Grades the files of one command line, one after the other: a bad one does not stop the rest. */
final class GradingSession {

    /** Which checks to run. */
    enum Scope {
        EVERYTHING,
        PUBLIC_CHECKS
    }

    private static final Path DEFAULT_OUT = Path.of("warpgrade-out");

    private final Terminal terminal;
    private final GradingOptions options;
    private final Scope scope;
    private final Failures failures;

    GradingSession(Terminal terminal, GradingOptions options, Scope scope) {
        this.terminal = terminal;
        this.options = options;
        this.scope = scope;
        this.failures = new Failures(terminal.err());
    }

    ExitStatus run() {
        double started = millisSinceStart();
        if (options.json != null && options.files.size() > 1) {
            throw new UsageException("--json takes the result of one file; give --out DIR for several.");
        }
        if (folder(options.files.getFirst()) != null) {
            Thread.ofPlatform().daemon().start(Reports::warmUp);
        }
        ExitStatus worst = ExitStatus.OK;
        try (Device device = warm(options.device.open());
                NvrtcCompiler nvrtc = NvrtcCompiler.ofUser(new ConsoleProgress(terminal, options.quiet))) {
            Grading grading = new Grading(
                    Catalog.ofHome(),
                    new NvrtcSubmissions(nvrtc),
                    device,
                    ChecksFinder.onClassPath(),
                    DeviceOption.speedOn(device, nvrtc).orElse(null));
            for (Path file : options.files) {
                worst = worst.and(grade(grading, file, started));
                started = 0;
            }
        }
        return worst;
    }

    /** While the file is read and compiled, the other core prepares the device. */
    private static Device warm(Device device) {
        if (device instanceof CpuDevice cpu) {
            Thread.ofPlatform().daemon().start(cpu::warmUp);
        }
        return device;
    }

    private ExitStatus grade(Grading grading, Path file, double started) {
        try {
            GradingResult graded = timed(watched(grading, file), started);
            GradingResult shown = Reports.forAudience(graded, options.audience);
            publish(shown, file);
            return status(graded);
        } catch (IntakeException e) {
            return failures.report(new UsageException(e.getMessage() + "."));
        } catch (IOException | RuntimeException | LinkageError | VirtualMachineError e) {
            return failures.report(e);
        }
    }

    private GradingResult watched(Grading grading, Path file) throws IntakeException {
        Messages messages = Messages.of(options.language.tag());
        String name = Inert.text(file.getFileName().toString());
        try (CheckBar bar = new CheckBar(terminal, messages, options.quiet, name)) {
            return grading.run(request(file), bar);
        }
    }

    private GradingRequest request(Path file) {
        GradingRequest request = GradingRequest.of(file).forAssignment(options.assignment);
        if (options.seed != null) {
            request = request.withSeed(options.seed);
        }
        return switch (scope) {
            case EVERYTHING -> folder(file) == null ? request.withoutResources() : request;
            case PUBLIC_CHECKS -> options.out == null ? request.publicOnly().withoutResources() : request.publicOnly();
        };
    }

    private void publish(GradingResult shown, Path file) throws IOException {
        long before = System.nanoTime();
        Path folder = folder(file);
        if (folder != null) {
            ResultJson.write(shown, folder.resolve("result.json"));
            Path history = folder.resolve(History.FILE);
            if (scope == Scope.EVERYTHING && shown.verdict() != Verdict.HARNESS_ERROR) {
                History.append(history, Attempt.of(shown, Instant.now()));
            }
            Reports.write(
                    shown, options.audience, options.language.tag(), handout(shown), History.read(history), folder);
        }
        if (options.json != null) {
            String json = ResultJson.write(shown);
            if (options.jsonToOutput()) {
                terminal.out().print(json);
            } else {
                Files.writeString(Path.of(options.json), json);
            }
        }
        if (!options.quiet) {
            Terminal words = options.jsonToOutput() ? terminal.withOutputOnError() : terminal;
            GradingResult told = folder == null ? shown : timed(shown, "report", (System.nanoTime() - before) / 1e6);
            Reports.terminalLines(told, options.language.tag(), terminal.palette())
                    .forEach(words.out()::println);
            if (folder != null) {
                words.out()
                        .println("  "
                                + Messages.of(options.language.tag())
                                        .text("grade.report", folder.resolve("index.html")));
            }
        }
    }

    /** What was asked, for the report; null if the assignment is unknown. */
    private @Nullable Handout handout(GradingResult result) throws IOException {
        Optional<Path> file = Catalog.ofHome().handout(result.assignment(), options.language.tag());
        return file.isEmpty() ? null : new Handout(Files.readString(file.get()));
    }

    /** Where the files of a submission go; null if nobody asked for them. */
    private @Nullable Path folder(Path file) {
        String stem = file.getFileName().toString().replaceFirst("\\.[^.]+$", "");
        if (options.out != null) {
            return options.files.size() == 1 ? options.out : options.out.resolve(distinct(stem, file));
        }
        return switch (scope) {
            case EVERYTHING -> DEFAULT_OUT.resolve(distinct(stem, file));
            case PUBLIC_CHECKS -> null;
        };
    }

    /** Two files of one name get folders of their own: {@code softmax}, {@code softmax-2}. */
    private String distinct(String stem, Path file) {
        long before = options.files.subList(0, options.files.indexOf(file)).stream()
                .filter(other -> other.getFileName()
                        .toString()
                        .replaceFirst("\\.[^.]+$", "")
                        .equals(stem))
                .count();
        return before == 0 ? stem : stem + "-" + (before + 1);
    }

    /** The exit status of one grading: full marks, not full marks, or ours. */
    static ExitStatus status(GradingResult result) {
        if (result.verdict() == Verdict.HARNESS_ERROR) {
            return ExitStatus.HARNESS;
        }
        boolean full = result.verdict() == Verdict.PASSED
                && result.score().earned() == result.score().possible();
        return full ? ExitStatus.OK : ExitStatus.NOT_FULL_MARKS;
    }

    private static GradingResult timed(GradingResult result, double started) {
        if (started == 0) {
            return result;
        }
        Map<String, Double> timings = new LinkedHashMap<>();
        timings.put("start", started);
        timings.putAll(result.timings());
        return Reports.withTimings(result, timings);
    }

    private static GradingResult timed(GradingResult result, String stage, double millis) {
        Map<String, Double> timings = new LinkedHashMap<>(result.timings());
        timings.put(stage, millis);
        return Reports.withTimings(result, timings);
    }

    /** From the start of the JVM to now: what it and the command line cost. */
    private static double millisSinceStart() {
        return Math.max(
                0,
                System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime());
    }
}
