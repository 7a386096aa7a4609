package org.warpgrade.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.gpu.compile.CacheFolder;
import org.warpgrade.gpu.compile.CompilerUnavailableException;
import org.warpgrade.gpu.compile.NvrtcLibrary;
import org.warpgrade.gpu.cuda.GpuUnavailableException;
import org.warpgrade.gpu.worker.WorkerDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code warpgrade doctor}: what this machine can do, in plain sentences. */
@Command(description = "Tell what this machine can do: JDK, compiler, GPU, driver, caches.")
final class DoctorCommand implements Callable<Integer> {

    /** One line of the answer. */
    private record Symptom(String subject, State state, String sentence) {}

    private enum State {
        GOOD("ok"),
        ABSENT("--"),
        BAD("!!");

        private final String mark;

        State(String mark) {
            this.mark = mark;
        }
    }

    private final Terminal terminal;

    @Mixin
    private LanguageOption language = new LanguageOption();

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Messages messages = Messages.of(language.tag());
        List<Symptom> symptoms = new ArrayList<>();
        symptoms.add(jdk(messages));
        symptoms.add(machine(messages));
        system(messages).ifPresent(symptoms::add);
        symptoms.add(catalogue(messages));
        symptoms.add(compiler(messages));
        symptoms.add(cache(messages));
        symptoms.add(gpu(messages));
        for (Symptom symptom : symptoms) {
            terminal.out().printf("%-2s  %-9s  %s%n", symptom.state().mark, symptom.subject(), symptom.sentence());
        }
        boolean bad = symptoms.stream().anyMatch(s -> s.state() == State.BAD);
        return (bad ? ExitStatus.HARNESS : ExitStatus.OK).code();
    }

    private static Symptom jdk(Messages messages) {
        return new Symptom(
                "JDK", State.GOOD, messages.text("doctor.jdk", Runtime.version(), System.getProperty("java.home")));
    }

    private static Symptom machine(Messages messages) {
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        return new Symptom(
                "CPU",
                State.GOOD,
                messages.text("doctor.cpu", Runtime.getRuntime().availableProcessors(), heap));
    }

    /** The compiler is started through a shell with limits of Unix, and its libraries are those of Linux. */
    private static Optional<Symptom> system(Messages messages) {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        return os.equals("Linux") && arch.equals("amd64")
                ? Optional.empty()
                : Optional.of(new Symptom("system", State.BAD, messages.text("doctor.system", os, arch)));
    }

    private static Symptom catalogue(Messages messages) {
        int count = Catalog.ofHome().ids().size();
        return count == 0
                ? new Symptom("catalogue", State.BAD, messages.text("doctor.catalogue.none"))
                : new Symptom("catalogue", State.GOOD, messages.text("doctor.catalogue", count));
    }

    private static Symptom compiler(Messages messages) {
        try {
            return NvrtcLibrary.find(CacheFolder.ofUser())
                    .map(found -> new Symptom(
                            "NVRTC",
                            State.GOOD,
                            messages.text("doctor.nvrtc", found.version(), found.origin(), found.compiler())))
                    .orElseGet(() -> new Symptom("NVRTC", State.ABSENT, messages.text("doctor.nvrtc.none")));
        } catch (CompilerUnavailableException e) {
            return new Symptom("NVRTC", State.BAD, String.valueOf(e.getMessage()));
        }
    }

    private static Symptom cache(Messages messages) {
        Path folder = CacheFolder.ofUser().path();
        if (!Files.isDirectory(folder)) {
            return new Symptom("cache", State.ABSENT, messages.text("doctor.cache.none", folder));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            return new Symptom("cache", State.GOOD, messages.text("doctor.cache", folder, bytes / 1_000_000));
        } catch (IOException | UncheckedIOException e) {
            return new Symptom("cache", State.BAD, messages.text("doctor.cache.unreadable", folder, e.getMessage()));
        }
    }

    /** That the driver's own program answers does not mean that we can run a kernel: a worker is started to see. */
    private static Symptom usable(Messages messages, String told) {
        try (WorkerDevice device = WorkerDevice.openNow()) {
            String cuda = device.driverVersion() / 1000 + "." + device.driverVersion() % 1000 / 10;
            return new Symptom("GPU", State.GOOD, messages.text("doctor.gpu", told, cuda));
        } catch (GpuUnavailableException e) {
            return new Symptom("GPU", State.ABSENT, messages.text("doctor.gpu.unusable", told, e.getMessage()));
        }
    }

    private static Symptom gpu(Messages messages) {
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader")
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 && !answer.isEmpty()) {
                return usable(messages, answer.replace("\n", "; "));
            }
            return new Symptom("GPU", State.ABSENT, messages.text("doctor.gpu.silent"));
        } catch (IOException e) {
            String key = Files.isDirectory(Path.of("/proc/driver/nvidia")) ? "doctor.gpu.silent" : "doctor.gpu.none";
            return new Symptom("GPU", State.ABSENT, messages.text(key));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Symptom("GPU", State.ABSENT, messages.text("doctor.gpu.silent"));
        }
    }
}
