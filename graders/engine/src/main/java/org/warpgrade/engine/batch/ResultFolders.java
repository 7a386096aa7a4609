package org.warpgrade.engine.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.warpgrade.engine.Sha256;
import org.warpgrade.engine.result.GradingResult;
import org.warpgrade.engine.result.GradingResult.HarnessInfo;
import org.warpgrade.engine.result.ResultJson;

/**
 * The results of a class: {@code results/<student>/<assignment>/<hash>-<harness>/} with {@code result.json}, {@code job.json}
 * and the report. A folder is written aside, forced to disk and moved into place, so it is there whole or not at all, and
 * looking is all that resuming takes. Nothing is ever written into a folder that is in place.
 */
public final class ResultFolders {

    static final String JOB = "job.json";
    static final String RESULT = "result.json";

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9@+=-][A-Za-z0-9._@+=-]{0,60}");

    private final Path out;
    private final Path root;

    /** @param out the output folder; @param name the folder of the results in it */
    public ResultFolders(Path out, String name) {
        this.out = out.toAbsolutePath().normalize();
        this.root = this.out.resolve(name);
    }

    /** Adds files to a result's folder before it is in place. */
    @FunctionalInterface
    public interface Report {
        void write(GradingResult result, Path folder) throws IOException;
    }

    public Path root() {
        return root;
    }

    /** Where a result of {@link #all} lies. */
    public Path folder(Graded graded) {
        return out.resolve(graded.folder());
    }

    /** Every result, by student, assignment and time. */
    public List<Graded> all() throws IOException {
        List<Graded> found = new ArrayList<>();
        for (Path student : folders(root)) {
            for (Path assignment : folders(student)) {
                found.addAll(in(assignment));
            }
        }
        return found;
    }

    /** The results of one student's hand-in, whatever the harness, the oldest first. */
    List<Graded> of(Job job) throws IOException {
        return in(place(job)).stream()
                .filter(graded -> graded.sha256().equals(job.sha256()))
                .toList();
    }

    /** The whole result behind an entry. */
    public GradingResult result(Graded graded) throws IOException {
        return ResultJson.read(folder(graded).resolve(RESULT));
    }

    private List<Graded> in(Path assignment) throws IOException {
        List<Graded> found = new ArrayList<>();
        for (Path folder : folders(assignment)) {
            try {
                String text = Files.readString(folder.resolve(JOB));
                found.add(
                        GradedJson.read(text, out.relativize(folder).toString().replace('\\', '/')));
            } catch (IOException | IllegalArgumentException e) {
                continue; // not ours, or of a later schema: as good as not there
            }
        }
        found.sort(Comparator.comparing(Graded::gradedAt).thenComparing(Graded::folder));
        return found;
    }

    /**
     * Puts a result in place.
     *
     * @return the entry as stored; the one that was there before if the place is taken
     */
    Graded put(Job job, GradingResult result, Graded graded, Report report) throws IOException {
        Path target = place(job).resolve(job.sha256().substring(0, 16) + "-" + id(result.harness()));
        Path half = half();
        try {
            write(half.resolve(RESULT), ResultJson.write(result));
            write(half.resolve(JOB), GradedJson.write(graded));
            report.write(result, half);
            force(half);
            Files.createDirectories(target.getParent());
            move(half, target);
            force(target.getParent());
        } finally {
            delete(half);
        }
        String place = out.relativize(target).toString().replace('\\', '/');
        return GradedJson.read(Files.readString(target.resolve(JOB)), place);
    }

    /** Moves a result from other folders to here; the former result of the same file stays as history. */
    void adopt(ResultFolders other, Graded graded) throws IOException {
        Path from = other.folder(graded);
        Path to = root.resolve(other.root.relativize(from));
        for (int n = 2; Files.exists(to); n++) {
            to = to.resolveSibling(from.getFileName() + "-" + n);
        }
        Files.createDirectories(to.getParent());
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(to.getParent());
    }

    private Path half() throws IOException {
        return Files.createDirectories(
                out.resolve(".half").resolve(UUID.randomUUID().toString()));
    }

    /** Removes what killed runs left half-written; call it only when no other grader can be at work. */
    void sweep() throws IOException {
        for (Path folder : folders(out.resolve(".half"))) {
            delete(folder);
        }
    }

    private Path place(Job job) {
        return root.resolve(fileName(job.handIn().student().id())).resolve(job.assignment());
    }

    /** A name that every file system takes, and no two students share. */
    public static String fileName(String id) {
        boolean reserved = id.toLowerCase(Locale.ROOT).matches("con|prn|aux|nul|(com|lpt)\\d");
        if (HARMLESS.matcher(id).matches() && !id.endsWith(".") && !reserved) {
            return id;
        }
        String readable = id.replaceAll("[^A-Za-z0-9._@+=-]+", "_").replaceAll("^[._]+", "");
        return readable.substring(0, Math.min(readable.length(), 40)) + "~"
                + Sha256.of(id).substring(0, 8);
    }

    /** The harness in a folder's name: its commit where there is one, else its version. */
    public static String id(HarnessInfo harness) {
        String name = harness.commit().equals("unknown") ? harness.version() : harness.commit();
        String plain = name.replaceAll("[^A-Za-z0-9.]", "");
        return plain.substring(0, Math.min(plain.length(), 12));
    }

    private static void move(Path half, Path target) throws IOException {
        try {
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isRegularFile(target.resolve(JOB))) {
                throw e; // else another grader was faster, with the same result
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A folder's entries reach the disk, where the system can do that. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return; // Windows opens no folders; its file systems keep their entries in order
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
