package org.warpgrade.engine.handin;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.handin.HandIns.Layout;
import org.warpgrade.engine.handin.PlatformNames.Told;

/**
 * Finds out what a class handed in: from a folder or a zip file, laid out by hand or by a learning platform. Links are never
 * followed, and whatever is no {@code .cu} file is left alone.
 */
public final class HandInFinder {

    private final Roster roster;
    private final Set<String> assignments;

    /** @param assignments ids that a flat file name may end with: {@code bob_op-softmax.cu} */
    public HandInFinder(Roster roster, Set<String> assignments) {
        this.roster = roster;
        this.assignments = assignments;
    }

    /** What lies in a folder: regular files only, and what is in the way. */
    private record Contents(Path root, List<Path> submissions, List<Skipped> skipped) {

        String origin(Path file) {
            return root.relativize(file).toString().replace('\\', '/');
        }
    }

    /**
     * Looks through a folder or archive.
     *
     * @param unpacked where archives are unpacked to, each into a folder of its own
     * @throws ClassInputException if there is nothing to read or it is refused
     */
    public HandIns find(Path source, Path unpacked) throws ClassInputException, IOException {
        if (Files.isDirectory(source)) {
            return inFolder(source, List.of());
        }
        if (!Files.isRegularFile(source)) {
            throw new ClassInputException(source + ": there is no such folder or file");
        }
        Path folder = unpacked.resolve(Sha256.of(source).substring(0, 16));
        List<Skipped> left = Archive.unpackOnce(source, folder);
        return inFolder(folder, left);
    }

    private HandIns inFolder(Path folder, List<Skipped> left) throws ClassInputException, IOException {
        Contents contents = contents(withoutWrapping(folder));
        Path metadata = contents.root().resolve(GradescopeExport.FILE);
        List<HandIn> found = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>(left);
        skipped.addAll(contents.skipped());
        Layout layout = layout(contents, metadata);
        switch (layout) {
            case GRADESCOPE -> gradescope(contents, metadata, found, skipped);
            case CANVAS, MOODLE, FOLDERS, FLAT ->
                contents.submissions().forEach(file -> found.add(handIn(contents, file)));
        }
        found.sort(Comparator.comparing((HandIn h) -> h.student().id()).thenComparing(HandIn::origin));
        return new HandIns(layout, List.copyOf(found), List.copyOf(skipped));
    }

    private static Layout layout(Contents contents, Path metadata) {
        if (Files.isRegularFile(metadata)) {
            return Layout.GRADESCOPE;
        }
        List<Path> files = contents.submissions();
        if (files.stream().anyMatch(file -> moodle(contents, file).isPresent())) {
            return Layout.MOODLE;
        }
        if (files.stream().anyMatch(file -> canvas(contents, file).isPresent())) {
            return Layout.CANVAS;
        }
        return files.stream().anyMatch(file -> !contents.root().equals(file.getParent()))
                ? Layout.FOLDERS
                : Layout.FLAT;
    }

    /** A file by the first rule that its own place follows: exports may hold a stray file of another kind. */
    private HandIn handIn(Contents contents, Path file) {
        Optional<Told> moodle = moodle(contents, file);
        if (moodle.isPresent()) {
            return told(contents, file, moodle.get());
        }
        Optional<Told> canvas = canvas(contents, file);
        if (canvas.isPresent()) {
            return told(contents, file, canvas.get());
        }
        Path inside = contents.root().relativize(file);
        return inside.getNameCount() > 1 ? inStudentsFolder(contents, file, inside) : flat(contents, file);
    }

    private HandIn told(Contents contents, Path file, Told told) {
        Student student = roster.findAny(List.of(told.number(), told.name(), Student.packed(told.name())))
                .orElseGet(() ->
                        new Student(told.name() + "-" + told.number(), told.name(), "", "", "", told.number(), ""));
        return new HandIn(student, file, contents.origin(file), null, told.late(), byName(told.file()));
    }

    private HandIn inStudentsFolder(Contents contents, Path file, Path inside) {
        String folder = inside.getName(0).toString();
        Student student = roster.find(folder).orElseGet(() -> Student.known(folder, "", ""));
        String assignment = null;
        for (int i = inside.getNameCount() - 1; i > 0 && assignment == null; i--) {
            assignment = byName(inside.getName(i).toString());
        }
        return new HandIn(student, file, contents.origin(file), null, false, assignment);
    }

    /** {@code bob_op-softmax.cu}; without an assignment at its end the whole name is the student's. */
    private HandIn flat(Contents contents, Path file) {
        String stem = stem(file.getFileName().toString());
        String assignment = assignments.stream()
                .filter(id -> stem.toLowerCase(Locale.ROOT).endsWith("_" + id))
                .max(Comparator.comparingInt(String::length))
                .orElse(null);
        String name = assignment == null ? stem : stem.substring(0, stem.length() - assignment.length() - 1);
        Student student = roster.find(name).orElseGet(() -> Student.known(name, "", ""));
        return new HandIn(student, file, contents.origin(file), null, false, assignment);
    }

    private void gradescope(Contents contents, Path metadata, List<HandIn> found, List<Skipped> skipped)
            throws ClassInputException {
        Map<String, GradescopeExport.Entry> entries = GradescopeExport.read(metadata);
        for (Path file : contents.submissions()) {
            Path inside = contents.root().relativize(file);
            GradescopeExport.Entry entry = entries.get(inside.getName(0).toString());
            if (entry == null || entry.submitters().isEmpty()) {
                skipped.add(
                        new Skipped(contents.origin(file), "is of nobody whom " + GradescopeExport.FILE + " names"));
                continue;
            }
            for (Student who : entry.submitters()) {
                Student student = roster.findAny(List.of(who.id(), who.email(), who.name()))
                        .orElse(who);
                String assignment = byName(file.getFileName().toString());
                found.add(new HandIn(student, file, contents.origin(file), entry.submitted(), false, assignment));
            }
        }
    }

    private @Nullable String byName(String name) {
        String stem = stem(name).toLowerCase(Locale.ROOT);
        return assignments.contains(stem) ? stem : null;
    }

    private static Optional<Told> canvas(Contents contents, Path file) {
        return contents.root().equals(file.getParent())
                ? PlatformNames.canvas(file.getFileName().toString())
                : Optional.empty();
    }

    private static Optional<Told> moodle(Contents contents, Path file) {
        return PlatformNames.moodle(contents.root().relativize(file).getName(0).toString())
                .map(told -> new Told(
                        told.name(), told.number(), false, file.getFileName().toString()));
    }

    /** Archives often hold one folder that holds everything. */
    private static Path withoutWrapping(Path folder) throws IOException {
        Path at = folder;
        for (int depth = 0; depth < 3; depth++) {
            try (Stream<Path> children = Files.list(at)) {
                List<Path> all =
                        children.filter(child -> !isClutter(child)).limit(2).toList();
                boolean wraps = all.size() == 1
                        && Files.isDirectory(all.getFirst())
                        && Files.isRegularFile(all.getFirst().resolve(GradescopeExport.FILE));
                if (!wraps) {
                    return at;
                }
                at = all.getFirst();
            }
        }
        return at;
    }

    private static Contents contents(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return isClutter(folder) && !folder.equals(root)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String origin = root.relativize(file).toString();
                if (attributes.isRegularFile() && Archive.isSubmission(file) && !isClutter(file)) {
                    files.add(file);
                } else if (attributes.isSymbolicLink()) {
                    skipped.add(new Skipped(origin, "is a link"));
                } else if (isNoticed(origin)) {
                    skipped.add(new Skipped(origin, "is no .cu file"));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                skipped.add(new Skipped(root.relativize(file).toString(), "cannot be read: " + e.getMessage()));
                return FileVisitResult.CONTINUE;
            }
        });
        return new Contents(root, files, skipped);
    }

    /** What desktops, platforms and instructors leave there is not worth a line; a student's wrong kind of file is. */
    static boolean isNoticed(String origin) {
        String name = origin.substring(origin.replace('\\', '/').lastIndexOf('/') + 1);
        boolean instructors = name.equals(origin) && name.matches("(?i).*\\.(csv|ya?ml|md)");
        return !instructors
                && !name.equals(GradescopeExport.FILE)
                && !isClutter(Path.of(name))
                && !origin.contains("__MACOSX");
    }

    private static boolean isClutter(Path path) {
        Path name = path.getFileName();
        return name != null
                && (name.toString().startsWith(".") || name.toString().equals("__MACOSX"));
    }

    private static String stem(String name) {
        return name.replaceFirst("\\.[^.]*$", "");
    }
}
