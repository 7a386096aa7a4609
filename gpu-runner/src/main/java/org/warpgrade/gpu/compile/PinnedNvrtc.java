package org.warpgrade.gpu.compile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The NVRTC that WarpGrade brings along where a machine has none: two files of one Maven artifact, unpacked once into
 * the user's cache and checked against their SHA-256.
 */
final class PinnedNvrtc {

    static final String VERSION = "12.6.77";

    /** One library of the pair. */
    record Library(String name, String sha256) {}

    static final Library COMPILER =
            new Library("libnvrtc.so.12", "bc8fa8f0455d67429bfaa58e3102bf29b35d1643a1c7f80686750db5bd515e69");
    static final Library BUILTINS = new Library(
            "libnvrtc-builtins.so.12.6", "a1d5fce3e3ef04a7b5e6604c0bb17f40d39f9965a3f6d0b2b7a2bc308e189ed0");

    private static final String FOLDER_IN_JAR = "org/bytedeco/cuda/linux-x86_64/";
    private static final String STAMP = "verified";
    private static final Object ONE_THREAD = new Object();

    private final Path folder;
    private final List<Library> libraries;

    PinnedNvrtc(Path folder) {
        this(folder, List.of(COMPILER, BUILTINS));
    }

    /** For tests: other files, other checksums. */
    PinnedNvrtc(Path folder, List<Library> libraries) {
        this.folder = folder;
        this.libraries = libraries;
    }

    /** Where the redistributable archive comes from. */
    @FunctionalInterface
    interface Archive {
        /** Returns the local archive, after fetching it if it is not there yet. */
        Path fetch(Progress progress);
    }

    /** Whether both libraries are in the cache and intact; cheap after the first time. */
    boolean ready() {
        return stampHolds() || verify();
    }

    /** Makes both libraries ready; only one thread of one process at a time does the work, others wait for it. */
    void install(Archive archive, Progress progress) {
        synchronized (ONE_THREAD) {
            try {
                Files.createDirectories(folder);
                try (FileChannel channel = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (!lock.isValid() || ready()) {
                        return;
                    }
                    if (libraries.stream().anyMatch(l -> Files.exists(folder.resolve(l.name())))) {
                        progress.say("The cached NVRTC library in " + folder
                                + " is incomplete or damaged; it is unpacked again.");
                    }
                    unpack(archive.fetch(progress), progress);
                }
            } catch (IOException e) {
                throw new CompilerUnavailableException(
                        "The CUDA compiler NVRTC could not be stored in " + folder + ": " + e.getMessage() + ".", e);
            }
        }
    }

    private void unpack(Path jar, Progress progress) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Library library : libraries) {
                unpack(zip, library, progress);
            }
        } catch (ZipException e) {
            throw new CompilerUnavailableException(
                    "The archive " + jar + " is damaged, perhaps because fetching it was interrupted (" + e.getMessage()
                            + "); delete it to fetch it again.",
                    e);
        }
        if (!verify()) {
            throw new CompilerUnavailableException("The CUDA compiler NVRTC was unpacked into " + folder
                    + " but does not read back as it was written; check the disk.");
        }
    }

    private void unpack(ZipFile zip, Library library, Progress progress) throws IOException {
        ZipEntry entry = zip.getEntry(FOLDER_IN_JAR + library.name());
        if (entry == null) {
            throw new CompilerUnavailableException(
                    "The archive " + zip.getName() + " holds no " + library.name() + ".");
        }
        Path partial = Files.createTempFile(folder, library.name(), ".part");
        try {
            MessageDigest digest = Digests.sha256();
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(partial)) {
                byte[] chunk = new byte[1 << 16];
                long done = 0;
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    digest.update(chunk, 0, n);
                    out.write(chunk, 0, n);
                    done += n;
                    if ((done >>> 16) % 64 == 0) {
                        progress.bytes("unpacking " + library.name(), done, entry.getSize());
                    }
                }
            }
            String found = Digests.hex(digest);
            if (!found.equals(library.sha256())) {
                throw new CompilerUnavailableException(
                        "The archive " + zip.getName() + " is damaged: " + library.name() + " has SHA-256 " + found
                                + " instead of " + library.sha256() + "; delete the archive to fetch it again.");
            }
            Files.move(
                    partial,
                    folder.resolve(library.name()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private boolean stampHolds() {
        try {
            return Files.readString(folder.resolve(STAMP)).equals(stamp());
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Reads both files in full; true writes the stamp that spares the next reading. */
    private boolean verify() {
        try {
            for (Library library : libraries) {
                Path file = folder.resolve(library.name());
                if (!Files.isRegularFile(file) || !Digests.sha256Of(file).equals(library.sha256())) {
                    return false;
                }
            }
        } catch (IOException e) {
            return false;
        }
        try {
            Path partial = Files.createTempFile(folder, STAMP, ".part");
            Files.writeString(partial, stamp());
            Files.move(
                    partial,
                    folder.resolve(STAMP),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return true; // a read-only cache is fine, only slower: it is verified at each start
        }
        return true;
    }

    private String stamp() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Library library : libraries) {
            Path file = folder.resolve(library.name());
            text.append(library.sha256())
                    .append(' ')
                    .append(Files.size(file))
                    .append(' ')
                    .append(Files.getLastModifiedTime(file).toMillis())
                    .append('\n');
        }
        return text.toString();
    }
}
