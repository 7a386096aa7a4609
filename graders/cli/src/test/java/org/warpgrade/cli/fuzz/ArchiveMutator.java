package org.warpgrade.cli.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives with odd names, some of them damaged; a mutant holds the archive's bytes, a character each. */
final class ArchiveMutator implements Mutants {

    private static final int MODE_OF_A_LINK = 0120777;

    private static final List<String> NAMES = List.of(
            "bob/op-softmax.cu",
            "bob/../eve/op-softmax.cu",
            "../../escape.cu",
            "/etc/escape.cu",
            "C:\\escape.cu",
            "..\\escape.cu",
            "smithbob_340934_208490284_softmax-1.cu",
            "smithbob_LATE_1_2_softmax.cu",
            "Bob Smith_1234567_assignsubmission_file_/a.cu",
            "submission_metadata.yml",
            "submission_1/a.cu",
            "__MACOSX/._a.cu",
            "a\u0000.cu",
            "\u202Euc.a",
            "  .cu",
            "a/".repeat(300) + "a.cu",
            "x".repeat(300) + ".cu",
            "con.cu",
            "bob/op-softmax.CU",
            "bob",
            "bob/",
            ".cu",
            "..cu",
            "a\nb.cu",
            "é/ü.cu",
            "bob//a.cu",
            "./a.cu");

    @Override
    public String mutant(long number) {
        Random random = new Random(number * 0x9E3779B97F4A7C15L);
        byte[] bytes = archive(random);
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static byte[] archive(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                ZipArchiveEntry entry = new ZipArchiveEntry(NAMES.get(random.nextInt(NAMES.size())));
                if (random.nextInt(6) == 0) {
                    entry.setUnixMode(MODE_OF_A_LINK);
                }
                entry.setMethod(random.nextBoolean() ? ZipArchiveEntry.STORED : ZipArchiveEntry.DEFLATED);
                byte[] content =
                        "../../escape\n".repeat(1 << random.nextInt(12)).getBytes(StandardCharsets.UTF_8);
                if (entry.getMethod() == ZipArchiveEntry.STORED) {
                    java.util.zip.CRC32 sum = new java.util.zip.CRC32();
                    sum.update(content);
                    entry.setCrc(sum.getValue());
                    entry.setSize(content.length);
                }
                zip.putArchiveEntry(entry);
                zip.write(content);
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
