package org.warpgrade.cli.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A repository of a class with a pull request that tampers with everything it can, and a harness whose {@code warpgrade} writes
 * down how it was called.
 */
final class ScratchRepositories {

    final Path folder;
    final Path classes;
    final Path harness;
    final String base;
    final String head;
    final String harnessCommit;

    ScratchRepositories(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        classes = Files.createDirectories(folder.resolve("class"));
        git(classes, "init", "-q", "-b", "main");
        Files.writeString(classes.resolve("README"), "a class\n");
        base = commit(classes);
        git(classes, "checkout", "-q", "-b", "work");
        Path evil = Files.createDirectories(classes.resolve("harness"));
        script(evil.resolve("warpgrade"), "touch '" + folder + "/EVIL'");
        script(classes.resolve("warpgrade"), "touch '" + folder + "/EVIL'");
        Files.writeString(classes.resolve(".gitattributes"), "* filter=evil\n");
        Files.writeString(classes.resolve("Jenkinsfile"), "error 'mine now'\n");
        Files.writeString(Files.createDirectories(classes.resolve("ann")).resolve("op-softmax.cu"), "// mine\n");
        head = commit(classes);
        git(classes, "update-ref", "refs/pull/7/head", head);
        git(classes, "checkout", "-q", "main");

        harness = Files.createDirectories(folder.resolve("warpgrade.git"));
        git(harness, "init", "-q", "-b", "main");
        script(
                harness.resolve("warpgrade"),
                "echo \"$@\" >'" + folder + "/called'; env >'" + folder
                        + "/environment'; mkdir -p out; echo '### 100' >out/summary.md");
        harnessCommit = commit(harness);
        script(harness.resolve("warpgrade"), "touch '" + folder + "/UNPINNED'");
        commit(harness);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String commit(Path repository) throws IOException, InterruptedException {
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x");
        return git(repository, "rev-parse", "HEAD").strip();
    }

    private static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    /** Runs a script of a pipeline where nothing but its own results lies; the exit status. */
    int run(String shell, String script, Map<String, String> environment) throws IOException, InterruptedException {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        ProcessBuilder builder = new ProcessBuilder(shell, "-e", "-c", script)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
