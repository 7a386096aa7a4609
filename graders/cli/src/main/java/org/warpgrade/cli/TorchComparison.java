package org.warpgrade.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a Python with PyTorch for the time of the operator that does the same, {@code gpu-runner/bench/pytorch.py}. */
final class TorchComparison {

    private static final long SECONDS = 120;

    private final String python;
    private final Path script;

    TorchComparison(String python, Path home) {
        this.python = python;
        this.script = home.resolve("gpu-runner").resolve("bench").resolve("pytorch.py");
    }

    /**
     * @param micros median
     * @param difference of its values from the reference's: root mean square, relative
     */
    record Timed(double micros, double difference) {}

    /** Its version and GPU; empty without Python, torch or a GPU that it sees. */
    Optional<String> version() throws IOException {
        return ask("--version");
    }

    /**
     * The time of the operator.
     *
     * @param folder the problem as {@code SpeedBench.export} writes it
     * @return empty if PyTorch has none for the assignment
     */
    Optional<Timed> time(String assignment, Path folder) throws IOException {
        return ask("--problem", folder.toString(), "--operator", assignment).map(answer -> {
            String[] words = answer.split(" ");
            return new Timed(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
        });
    }

    private Optional<String> ask(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty(); // no such program
        }
        process.getOutputStream().close();
        Thread watch = Thread.ofPlatform().daemon().start(() -> endLate(process));
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        watch.interrupt();
        try {
            return process.waitFor() == 0 && !answer.isEmpty() ? Optional.of(answer) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has answered
        }
    }
}
