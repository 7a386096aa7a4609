package org.warpgrade.engine.handin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * Unpacks what is graded out of a zip file, and nothing else. An entry that points out of the folder is no accident, so the
 * whole archive is refused; links are left out; however much an entry claims or unfolds to, only what a submission may have is
 * written.
 */
final class Archive {

    /** One byte more than a submission may have: grading then rejects the file and says why. */
    private static final long LARGEST_FILE = (1L << 20) + 1;

    /** The metadata of a Gradescope export grows with the class: some kilobytes a student. */
    private static final long LARGEST_METADATA = 64L << 20;

    private static final int LONGEST_NAME = 255;

    /** Leaves room for where it is unpacked, of the 4096 bytes that a path may have. */
    private static final int LONGEST_PATH = 2048;

    /** Ways of packing that zip tools use and the library unpacks by itself. */
    private static final Set<ZipMethod> METHODS = EnumSet.of(
            ZipMethod.STORED,
            ZipMethod.UNSHRINKING,
            ZipMethod.IMPLODING,
            ZipMethod.DEFLATED,
            ZipMethod.ENHANCED_DEFLATED,
            ZipMethod.BZIP2);

    private static final int MOST_ENTRIES = 200_000;
    private static final long MOST_BYTES = 4L << 30;

    private final Path zip;
    private final Path folder;
    private final boolean writing;
    private final List<Skipped> skipped = new ArrayList<>();
    private long bytes;

    private Archive(Path zip, Path folder, boolean writing) {
        this.zip = zip;
        this.folder = folder;
        this.writing = writing;
    }

    /**
     * Unpacks the archive into a folder, or only looks through it.
     *
     * @return what is left out
     * @throws ClassInputException if it is no zip file or tries to reach out of the folder
     */
    private static List<Skipped> unpack(Path zip, Path folder, boolean writing)
            throws ClassInputException, IOException {
        Archive archive = new Archive(zip, folder, writing);
        try (ZipFile file = open(zip)) {
            List<ZipArchiveEntry> entries = Collections.list(file.getEntries());
            if (entries.size() > MOST_ENTRIES) {
                throw new ClassInputException(
                        zip + ": has " + entries.size() + " entries; at most " + MOST_ENTRIES + " are accepted");
            }
            for (ZipArchiveEntry entry : entries) {
                archive.target(entry);
            }
            for (ZipArchiveEntry entry : entries) {
                archive.unpack(file, entry);
            }
        }
        return archive.skipped;
    }

    /** What is wrong with the archive comes as any kind of {@link IOException}. */
    private static ZipFile open(Path zip) throws ClassInputException {
        try {
            return ZipFile.builder().setPath(zip).get();
        } catch (IOException e) {
            throw new ClassInputException(zip + ": is not a zip file that can be read: " + e.getMessage(), e);
        }
    }

    private Path target(ZipArchiveEntry entry) throws ClassInputException {
        String name = entry.getName().replace('\\', '/');
        try {
            Path target = folder.resolve(name).normalize();
            boolean inside = target.startsWith(folder)
                    && !name.startsWith("/")
                    && !name.contains("../")
                    && !name.endsWith("/..")
                    && !name.equals("..")
                    && !name.matches("[A-Za-z]:.*");
            if (inside) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw new ClassInputException(zip + ": the entry '" + printable(name) + "' has no possible name", e);
        }
        throw new ClassInputException(zip + ": the entry '" + printable(name)
                + "' points out of the archive's folder; the archive is refused");
    }

    private void unpack(ZipFile file, ZipArchiveEntry entry) throws IOException, ClassInputException {
        Path target = target(entry);
        String name = printable(entry.getName());
        if (entry.isDirectory()) {
            return;
        }
        boolean metadata = target.getFileName().toString().equals(GradescopeExport.FILE);
        if (entry.isUnixSymlink()) {
            skipped.add(new Skipped(name, "is a link"));
        } else if (isTooLong(folder.relativize(target))) {
            skipped.add(new Skipped(name, "has a name that is too long"));
        } else if (!metadata && !isSubmission(target)) {
            skipIfNoticed(name);
        } else if (!isReadable(file, entry)) {
            skipped.add(new Skipped(name, "is encrypted or packed in an unknown way"));
        } else if (writing) {
            write(file, entry, target, metadata ? LARGEST_METADATA : LARGEST_FILE);
        }
    }

    /** What the library says that it can read includes what it can read with other libraries only, which are not here. */
    private static boolean isReadable(ZipFile file, ZipArchiveEntry entry) {
        return file.canReadEntryData(entry) && METHODS.contains(ZipMethod.getMethodByCode(entry.getMethod()));
    }

    /** For the file systems of today, which count bytes: then one class unpacks alike everywhere. */
    private static boolean isTooLong(Path inside) {
        int whole = inside.toString().getBytes(StandardCharsets.UTF_8).length;
        for (Path part : inside) {
            if (part.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                return true;
            }
        }
        return whole > LONGEST_PATH;
    }

    private void write(ZipFile file, ZipArchiveEntry entry, Path target, long most)
            throws IOException, ClassInputException {
        byte[] content;
        try (InputStream in = file.getInputStream(entry)) {
            content = in.readNBytes((int) most);
        } catch (IOException e) {
            skipped.add(new Skipped(printable(entry.getName()), "is damaged: " + e.getMessage()));
            return;
        }
        bytes += content.length;
        if (bytes > MOST_BYTES) {
            throw new ClassInputException(zip + ": unfolds to more than " + (MOST_BYTES >> 30) + " GiB of submissions");
        }
        try {
            Files.createDirectories(target.getParent());
            Files.write(target, content, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            skipped.add(new Skipped(printable(entry.getName()), "has a name that another entry has"));
        }
    }

    private void skipIfNoticed(String name) {
        if (HandInFinder.isNoticed(name)) {
            skipped.add(new Skipped(name, "is no .cu file"));
        }
    }

    static boolean isSubmission(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".cu");
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Unpacks beside the target and moves into place, so that a killed run leaves no half of an archive behind; an archive that
     * lies there already is only looked through.
     */
    static List<Skipped> unpackOnce(Path zip, Path target) throws ClassInputException, IOException {
        Path whole = target.toAbsolutePath().normalize();
        if (Files.isDirectory(whole)) {
            return unpack(zip, whole, false);
        }
        Files.createDirectories(whole.getParent());
        Path half = Files.createTempDirectory(whole.getParent(), ".unpacking-");
        try {
            List<Skipped> skipped = unpack(zip, half, true);
            move(half, whole);
            return skipped;
        } finally {
            delete(half);
        }
    }

    private static void move(Path half, Path whole) throws IOException {
        try {
            Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(whole)) {
                throw e; // else another grader was faster with the same archive
            }
        }
    }

    /** What was refused in the middle, or unpacked by another grader meanwhile. */
    private static void delete(Path half) throws IOException {
        if (Files.isDirectory(half)) {
            try (Stream<Path> files = Files.walk(half)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
