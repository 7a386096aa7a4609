package org.warpgrade.engine.pullrequest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.warpgrade.engine.pullrequest.Change.Deleted;
import org.warpgrade.engine.pullrequest.Change.Ignored;
import org.warpgrade.engine.pullrequest.Change.Refused;
import org.warpgrade.engine.pullrequest.Change.Submitted;

/**
 * The difference between the point where a pull request began and its head. Contents come from {@code git cat-file}:
 * nothing is checked out, so no filter, hook, attribute or link of the pull request takes effect.
 */
public final class PullRequest {

    /** The largest submission that intake accepts. */
    private static final long LARGEST = 1 << 20;

    /** A difference of more lines than this is no pull request of a student. */
    private static final int MOST_FILES = 10_000;

    private static final String FILE = "100644";
    private static final String EXECUTABLE = "100755";
    private static final String GONE = "000000";

    private final Path repository;
    private final String base;
    private final String head;

    private PullRequest(Path repository, String base, String head) {
        this.repository = repository;
        this.base = base;
        this.head = head;
    }

    /**
     * The pull request from {@code base} to {@code head}, counted from their merge base.
     *
     * @throws UnknownRevisionException if there is no such revision, or the two have nothing in common
     */
    public static PullRequest of(Path repository, String base, String head)
            throws IOException, UnknownRevisionException {
        String from = commit(repository, base);
        String to = commit(repository, head);
        Output common = git(repository, 4096, "merge-base", from, to);
        if (common.status() != 0) {
            throw new UnknownRevisionException("'" + base + "' and '" + head + "' have no common commit");
        }
        return new PullRequest(repository, common.text().strip(), to);
    }

    /** The commit that is graded. */
    public String head() {
        return head;
    }

    /** Every file that it adds, changes or deletes, in git's order. */
    public List<Change> changes() throws IOException {
        String raw = must(16 << 20, "diff-tree", "-r", "-z", "--no-renames", "--raw", "--abbrev=40", base, head);
        String[] fields = raw.split("\0");
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i + 1 < fields.length; i += 2) {
            // :100644 100644 <old> <new> M
            String[] columns = fields[i].substring(1).split(" ");
            changes.add(change(fields[i + 1], columns[1], columns[3]));
            if (changes.size() > MOST_FILES) {
                throw new IOException("the pull request changes more than " + MOST_FILES + " files");
            }
        }
        return changes;
    }

    private Change change(String path, String mode, String blob) throws IOException {
        if (mode.equals(GONE)) {
            return new Deleted(path);
        }
        if (!path.endsWith(".cu")) {
            return new Ignored(path);
        }
        if (!mode.equals(FILE) && !mode.equals(EXECUTABLE)) {
            return new Refused(path, mode.equals("120000") ? "it is a symbolic link" : "it is no file");
        }
        long size = Long.parseLong(must(64, "cat-file", "-s", blob).strip());
        return size > LARGEST ? new Refused(path, "it has more than " + LARGEST + " bytes") : new Submitted(path, blob);
    }

    /** The bytes of a submission. */
    public byte[] content(Submitted submitted) throws IOException {
        Output output = git(repository, (int) LARGEST, "cat-file", "blob", submitted.blob());
        if (output.status() != 0) {
            throw new IOException("git cannot read " + submitted.path() + ": " + output.error());
        }
        return output.bytes();
    }

    private static String commit(Path repository, String revision) throws IOException, UnknownRevisionException {
        Output output =
                git(repository, 4096, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}");
        String commit = output.text().strip();
        if (output.status() != 0 || !commit.matches("[0-9a-f]{40,64}")) {
            throw new UnknownRevisionException("there is no revision '" + revision + "' in " + repository);
        }
        return commit;
    }

    private String must(int most, String... arguments) throws IOException {
        Output output = git(repository, most, arguments);
        if (output.status() != 0) {
            throw new IOException("git " + arguments[0] + " failed: " + output.error());
        }
        return output.text();
    }

    private record Output(int status, byte[] bytes, String error) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Output git(Path repository, int most, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(repository.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("GIT_TERMINAL_PROMPT", "0");
        environment.put("GIT_NO_REPLACE_OBJECTS", "1");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> firstLine(process.getErrorStream()));
        byte[] bytes;
        try (InputStream in = process.getInputStream()) {
            bytes = in.readNBytes(most + 1);
        }
        if (bytes.length > most) {
            process.destroyForcibly();
            throw new IOException("git " + arguments[0] + " said more than " + most + " bytes");
        }
        try {
            return new Output(process.waitFor(), bytes, error.join());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while git ran", e);
        }
    }

    private static String firstLine(InputStream in) {
        try (in) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            kept.write(in.readNBytes(8192));
            in.skip(Long.MAX_VALUE);
            return kept.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("no reason given");
        } catch (IOException e) {
            return "no reason given";
        }
    }
}
