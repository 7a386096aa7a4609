package org.warpgrade.engine.runner;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.warpgrade.engine.check.ChecksFor;
import org.warpgrade.engine.check.HarnessFault;

/** Finds the class of an assignment's checks. */
@FunctionalInterface
public interface ChecksFinder {

    /** The class annotated {@link ChecksFor} with that assignment id. */
    Class<?> checksOf(String assignment);

    /**
     * Looks through the classes named {@code …Checks} below {@code org.warpgrade.checks}, those first whose name shares
     * words with the assignment id, so that mostly one class is loaded and none has to be registered anywhere.
     */
    static ChecksFinder onClassPath() {
        return assignment -> {
            for (String name : likelyFirst(assignment, classNames("org/warpgrade/checks"))) {
                Class<?> candidate = load(name);
                ChecksFor checks = candidate.getAnnotation(ChecksFor.class);
                if (checks != null && checks.value().equals(assignment)) {
                    return candidate;
                }
            }
            throw new HarnessFault("no class is annotated @ChecksFor(\"" + assignment + "\")");
        };
    }

    /** The same finder, asked once for each assignment. */
    default ChecksFinder remembering() {
        Map<String, Class<?>> found = new ConcurrentHashMap<>();
        return assignment -> found.computeIfAbsent(assignment, this::checksOf);
    }

    private static List<String> likelyFirst(String assignment, List<String> names) {
        List<String> words = List.of(assignment.split("-"));
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(
                Comparator.comparingLong((String name) -> -shared(words, name)).thenComparing(name -> name));
        return sorted;
    }

    private static long shared(List<String> words, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return words.stream().filter(lower::contains).count();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ChecksFinder.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new HarnessFault("cannot load the checks " + name, e);
        }
    }

    private static List<String> classNames(String folder) {
        List<String> names = new ArrayList<>();
        try {
            for (URL url : Collections.list(ChecksFinder.class.getClassLoader().getResources(folder))) {
                if (url.getProtocol().equals("jar")) {
                    String location = url.toString();
                    URI archive = URI.create(location.substring(0, location.indexOf("!/")));
                    try (FileSystem jar =
                            FileSystems.newFileSystem(Path.of(URI.create(archive.getSchemeSpecificPart())), Map.of())) {
                        names.addAll(below(jar.getPath("/" + folder), folder));
                    }
                } else {
                    names.addAll(below(Path.of(URI.create(url.toString())), folder));
                }
            }
        } catch (IOException e) {
            throw new HarnessFault("cannot list the checks", e);
        }
        return names;
    }

    private static List<String> below(Path root, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith("Checks.class"))
                    .map(file ->
                            (folder + '/' + file).replace('/', '.').substring(0, folder.length() + file.length() - 5))
                    .toList();
        }
    }
}
