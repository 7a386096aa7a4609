package org.warpgrade.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.warpgrade.assignments.Assignment;
import org.warpgrade.assignments.Catalog;
import org.warpgrade.assignments.CatalogException;
import org.warpgrade.assignments.Text;
import org.warpgrade.gpu.CudaSource;

/** Reads a submitted file and finds out which assignment it answers. */
final class Intake {

    /** The largest kernel of a public corpus of 1,616 has 60 KB of source; a mebibyte is no submission but an attack. */
    private static final int LARGEST = 1 << 20;

    private final Catalog catalog;

    Intake(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What became of the file. */
    sealed interface Taken {

        record Accepted(Submission submission) implements Taken {}

        /** The file cannot be a submission; {@code assignment} is null where it could not be told. */
        record Refused(
                CudaSource source, String sha256, @Nullable Assignment assignment, Text reason) implements Taken {}
    }

    Taken take(Path file, @Nullable String named) throws IntakeException {
        byte[] bytes = read(file);
        String name = file.getFileName().toString();
        String sha256 = Sha256.of(bytes);
        if (bytes.length > LARGEST) {
            Text reason = new Text(
                    "The file has more than " + LARGEST + " bytes, which is the most that is accepted.",
                    "文件超过 " + LARGEST + " 字节，这是可接受的上限。");
            return refused(file, named, bytes, sha256, reason);
        }
        int bad = firstBadByte(bytes);
        if (bad >= 0) {
            Text reason = new Text(
                    "The file is not UTF-8 text: byte " + bad + " (line " + line(bytes, bad) + ") cannot be decoded.",
                    "文件不是 UTF-8 文本：第 " + bad + " 字节（第 " + line(bytes, bad) + " 行）无法解码。");
            return refused(file, named, bytes, sha256, reason);
        }
        CudaSource source = new CudaSource(name, text(bytes));
        return new Taken.Accepted(new Submission(source, sha256, assignment(file, named, source.text())));
    }

    /** Its first lines may still tell the assignment: they are looked at byte for byte. */
    private Taken refused(Path file, @Nullable String named, byte[] bytes, String sha256, Text reason)
            throws IntakeException {
        String start = new String(bytes, 0, Math.min(bytes.length, 1 << 12), StandardCharsets.ISO_8859_1);
        CudaSource nothing = new CudaSource(file.getFileName().toString(), "");
        return new Taken.Refused(nothing, sha256, assignment(file, named, start), reason);
    }

    private static byte[] read(Path file) throws IntakeException {
        try {
            if (Files.isDirectory(file)) {
                throw new IntakeException(file + " is a folder, not a file");
            }
            if (leadsAway(file)) {
                throw new IntakeException(
                        file + " is a link to a file outside of its folder, which is no submission: copy the file");
            }
            try (var in = Files.newInputStream(file)) {
                return in.readNBytes(LARGEST + 1);
            }
        } catch (NoSuchFileException e) {
            throw new IntakeException(file + " does not exist", e);
        } catch (IOException e) {
            throw new IntakeException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A collected folder may hold links to files of whoever collects it; their text would end in a report. */
    private static boolean leadsAway(Path file) throws IOException {
        return Files.isSymbolicLink(file)
                && !file.toRealPath()
                        .startsWith(file.toAbsolutePath().getParent().toRealPath());
    }

    private Assignment assignment(Path file, @Nullable String named, String text) throws IntakeException {
        String id = named != null
                ? named
                : AssignmentLine.of(text).or(() -> byPlace(file)).orElse(null);
        if (id == null) {
            throw new IntakeException("cannot tell which assignment " + file
                    + " answers: give -a ID, or write a line '// assignment: ID' into it");
        }
        try {
            return catalog.assignment(id)
                    .orElseThrow(() ->
                            new IntakeException("there is no assignment '" + id + "'; './warpgrade list' shows all"));
        } catch (CatalogException e) {
            throw new IntakeException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The file's own name, else the nearest folder's, that is an assignment's id. */
    private Optional<String> byPlace(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        if (catalog.contains(name)) {
            return Optional.of(name);
        }
        for (Path folder = file.toAbsolutePath().getParent(); folder != null; folder = folder.getParent()) {
            Path last = folder.getFileName();
            if (last != null && catalog.contains(last.toString())) {
                return Optional.of(last.toString());
            }
        }
        return Optional.empty();
    }

    private static int firstBadByte(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            decoder.decode(in);
            return -1;
        } catch (CharacterCodingException e) {
            return in.position();
        }
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    /** Without a byte order mark, which NVRTC would stumble over. */
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
