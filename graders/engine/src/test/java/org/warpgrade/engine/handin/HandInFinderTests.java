package org.warpgrade.engine.handin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.engine.handin.HandIns.Layout;

class HandInFinderTests {

    private static final Set<String> ASSIGNMENTS = Set.of("op-softmax", "softmax", "cuda-saxpy");

    @TempDir
    private Path folder;

    private HandIns find(Path source, Roster roster) throws Exception {
        return new HandInFinder(roster, ASSIGNMENTS).find(source, folder.resolve("unpacked"));
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "// " + name);
    }

    private static String told(HandIn handIn) {
        return handIn.student().id() + " " + handIn.assignment();
    }

    @Nested
    class Folders {

        @Test
        void the_first_folder_is_the_student_and_a_file_or_folder_may_name_the_assignment() throws Exception {
            file("ann/op-softmax.cu");
            file("ann/deep/cuda-saxpy/mine.cu");
            file("bob/x.cu");

            HandIns found = find(folder.resolve("in"), Roster.none());

            assertThat(found.layout()).isEqualTo(Layout.FOLDERS);
            assertThat(found.files())
                    .extracting(HandInFinderTests::told)
                    .containsExactly("ann cuda-saxpy", "ann op-softmax", "bob null");
        }

        @Test
        void a_flat_name_ends_with_the_longest_assignment_that_fits() throws Exception {
            file("ann_op-softmax.cu");
            file("bob_smith_softmax.cu");
            file("eve.cu");

            HandIns found = find(folder.resolve("in"), Roster.none());

            assertThat(found.layout()).isEqualTo(Layout.FLAT);
            assertThat(found.files())
                    .extracting(HandInFinderTests::told)
                    .containsExactly("ann op-softmax", "bob_smith softmax", "eve null");
        }

        @Test
        void links_and_other_files_are_left_out_and_told() throws Exception {
            file("ann/op-softmax.cu");
            file("ann/notes.pdf");
            file("ann/.DS_Store");
            Files.createSymbolicLink(folder.resolve("in/ann/passwd.cu"), Path.of("/etc/passwd"));

            HandIns found = find(folder.resolve("in"), Roster.none());

            assertThat(found.files()).hasSize(1);
            assertThat(found.skipped())
                    .containsExactlyInAnyOrder(
                            new Skipped("ann/notes.pdf", "is no .cu file"), new Skipped("ann/passwd.cu", "is a link"));
        }

        @Test
        void nothing_there_is_told_in_one_sentence() {
            assertThatThrownBy(() -> find(folder.resolve("nowhere"), Roster.none()))
                    .isInstanceOf(ClassInputException.class)
                    .hasMessage(folder.resolve("nowhere") + ": there is no such folder or file");
        }
    }

    @Nested
    class Platforms {

        @Test
        void canvas_names_hold_name_number_lateness_and_file() throws Exception {
            Path zip = zip(Map.of(
                    "smithbob_340934_208490284_op-softmax-1.cu", "a",
                    "wellslane_LATE_334244_394803489_op-softmax.cu", "b"));
            Path csv = Files.writeString(folder.resolve("canvas.csv"), """
                    Student,ID,SIS User ID,SIS Login ID,Section,Old (12)
                        Points Possible,,,,,10
                    "Smith, Bob",340934,900,bsmith,A,9
                    "Wells, Lane",334244,901,lwells,A,
                    """);

            HandIns found = find(zip, Roster.read(csv));

            assertThat(found.layout()).isEqualTo(Layout.CANVAS);
            assertThat(found.files()).extracting(h -> h.student().id()).containsExactly("bsmith", "lwells");
            assertThat(found.files()).extracting(HandIn::markedLate).containsExactly(false, true);
            assertThat(found.files().get(1).student().platformId()).isEqualTo("334244");
        }

        @Test
        void moodle_folders_hold_name_and_participant() throws Exception {
            file("Bob Smith_1234567_assignsubmission_file_/my softmax.cu");
            file("李 雷_1234568_assignsubmission_file_/sub/op-softmax.cu");

            HandIns found = find(folder.resolve("in"), Roster.none());

            assertThat(found.layout()).isEqualTo(Layout.MOODLE);
            assertThat(found.files()).extracting(h -> h.student().name()).containsExactly("Bob Smith", "李 雷");
            assertThat(found.files()).extracting(h -> h.student().platformId()).containsExactly("1234567", "1234568");
        }

        @Test
        void gradescope_tells_who_and_when_and_group_work_counts_for_each() throws Exception {
            Path zip = zip(Map.of(
                    "export/submission_metadata.yml",
                    """
                    submission_1:
                      :submitters:
                      - :name: Bob Smith
                        :sid: '7'
                        :email: bob@example.org
                      - :name: Lane Wells
                        :sid: '8'
                        :email: lane@example.org
                      :created_at: 2026-11-01 21:14:09.123456 Z
                      :score: 0.0
                    """,
                    "export/submission_1/op-softmax.cu",
                    "a",
                    "export/submission_9/x.cu",
                    "b"));

            HandIns found = find(zip, Roster.none());

            assertThat(found.layout()).isEqualTo(Layout.GRADESCOPE);
            assertThat(found.files())
                    .extracting(HandInFinderTests::told)
                    .containsExactly("7 op-softmax", "8 op-softmax");
            assertThat(found.files().getFirst().submitted()).isEqualTo(Instant.parse("2026-11-01T21:14:09.123456Z"));
            assertThat(found.skipped())
                    .containsExactly(
                            new Skipped("submission_9/x.cu", "is of nobody whom submission_metadata.yml names"));
        }

        @Test
        void gradescope_may_give_lists_where_texts_should_be() throws Exception {
            Path zip = zip(Map.of("export/submission_metadata.yml", """
                    submission_1:
                      :submitters:
                      - :name: [Bob, Smith]
                        :sid: '7'
                        :email: {at: home}
                      :created_at: []
                    """, "export/submission_1/op-softmax.cu", "a"));

            HandIns found = find(zip, Roster.none());

            assertThat(found.files()).extracting(HandInFinderTests::told).containsExactly("7 op-softmax");
            assertThat(found.files().getFirst().submitted()).isNull();
        }
    }

    @Nested
    class Archives {

        @Test
        void one_that_points_out_of_its_folder_is_refused_as_a_whole() throws Exception {
            for (String evil :
                    new String[] {"../evil.cu", "a/../../evil.cu", "/etc/evil.cu", "..\\evil.cu", "C:\\evil.cu"}) {
                Path zip = zip(Map.of(evil, "x", "ann/op-softmax.cu", "a"));

                assertThatThrownBy(() -> find(zip, Roster.none()))
                        .isInstanceOf(ClassInputException.class)
                        .hasMessage(zip + ": the entry '" + evil.replace('\\', '/')
                                + "' points out of the archive's folder; the archive is refused");
            }
            assertThat(folder.resolve("evil.cu")).doesNotExist();
        }

        @Test
        void links_inside_are_left_out() throws Exception {
            Path zip = folder.resolve("link.zip");
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
                ZipArchiveEntry entry = new ZipArchiveEntry("ann/op-softmax.cu");
                entry.setUnixMode(0120777);
                out.putArchiveEntry(entry);
                out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }

            HandIns found = find(zip, Roster.none());

            assertThat(found.files()).isEmpty();
            assertThat(found.skipped()).containsExactly(new Skipped("ann/op-softmax.cu", "is a link"));
        }

        @Test
        void a_bomb_is_cut_at_one_byte_more_than_a_submission_may_have() throws Exception {
            Path zip = zip(Map.of("ann/op-softmax.cu", " ".repeat(50 << 20), "ann/big.bin", " ".repeat(50 << 20)));

            HandIns found = find(zip, Roster.none());

            assertThat(Files.size(found.files().getFirst().file())).isEqualTo((1 << 20) + 1);
            assertThat(found.skipped()).containsExactly(new Skipped("ann/big.bin", "is no .cu file"));
        }

        @Test
        void one_that_was_unpacked_before_is_only_looked_through() throws Exception {
            Path zip = zip(Map.of("ann/op-softmax.cu", "a", "ann/notes.txt", "b"));
            HandIns first = find(zip, Roster.none());

            assertThat(find(zip, Roster.none())).isEqualTo(first);
        }

        @Test
        void names_that_no_disk_takes_are_left_out() throws Exception {
            String longest = "x".repeat(300) + ".cu";
            Path zip = zip(Map.of("ann/op-softmax.cu", "a", longest, "b", "d/".repeat(1500) + "a.cu", "c"));

            HandIns found = find(zip, Roster.none());

            assertThat(found.files()).extracting(HandInFinderTests::told).containsExactly("ann op-softmax");
            assertThat(found.skipped())
                    .extracting(Skipped::reason)
                    .containsOnly("has a name that is too long")
                    .hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(ints = {14, 93, 95, 97, 98, 1000})
        void what_only_other_libraries_unpack_is_left_out(int method) throws Exception {
            Path zip = zip(Map.of("ann/op-softmax.cu", "a"));
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < bytes.limit() - 4; i++) {
                switch (bytes.getInt(i)) {
                    case 0x04034B50 -> bytes.putShort(i + 8, (short) method); // of the entry
                    case 0x02014B50 -> bytes.putShort(i + 10, (short) method); // in the directory
                    default -> {}
                }
            }
            Files.write(zip, bytes.array());

            assertThat(find(zip, Roster.none()).skipped())
                    .containsExactly(new Skipped("ann/op-softmax.cu", "is encrypted or packed in an unknown way"));
        }

        @Test
        void a_damaged_entry_is_left_out() throws Exception {
            Path zip = zip(Map.of("ann/op-softmax.cu", "0123456789".repeat(1000)));
            byte[] bytes = Files.readAllBytes(zip);
            Arrays.fill(bytes, 60, 70, (byte) 0xFF); // within the deflated data
            Files.write(zip, bytes);

            assertThat(find(zip, Roster.none()).skipped())
                    .singleElement()
                    .satisfies(skipped -> assertThat(skipped.reason()).startsWith("is damaged: "));
        }

        @Test
        void what_is_refused_leaves_nothing_behind() throws Exception {
            Path zip = zip(Map.of("ann/op-softmax.cu", "a", "../../escape.cu", "b"));

            assertThatThrownBy(() -> find(zip, Roster.none())).isInstanceOf(ClassInputException.class);

            assertThat(folder.resolve("unpacked")).isEmptyDirectory();
        }

        @Test
        void an_archive_that_breaks_off_is_told() throws Exception {
            Path zip = zip(Map.of("ann/op-softmax.cu", "a"));
            byte[] bytes = Files.readAllBytes(zip);
            bytes[bytes.length - 18] = 9; // claims to be one of several disks
            Files.write(zip, bytes);

            assertThatThrownBy(() -> find(zip, Roster.none()))
                    .isInstanceOf(ClassInputException.class)
                    .hasMessageStartingWith(zip + ": is not a zip file that can be read: ");
        }

        @Test
        void what_is_no_archive_is_told() throws Exception {
            Path file = Files.writeString(folder.resolve("x.zip"), "no zip");

            assertThatThrownBy(() -> find(file, Roster.none()))
                    .isInstanceOf(ClassInputException.class)
                    .hasMessageStartingWith(file + ": is not a zip file");
        }
    }

    @Nested
    class Rosters {

        @Test
        void name_a_student_twice_at_a_line() throws Exception {
            Path csv = Files.writeString(folder.resolve("r.csv"), "id,name\nann,Ann\nbob,Bob\nANN,Other\n");

            assertThatThrownBy(() -> Roster.read(csv)).hasMessage(csv + ":4: the student 'ANN' is named twice");
        }

        @Test
        void without_an_id_say_what_they_found() throws Exception {
            Path csv = Files.writeString(folder.resolve("r.csv"), "foo;bar\n1;2\n");

            assertThatThrownBy(() -> Roster.read(csv))
                    .hasMessage(csv + ":1: a roster needs a column 'id' (and may have name, email, login, section);"
                            + " found foo, bar");
        }

        @Test
        void find_people_by_anything_that_names_only_them() throws Exception {
            Path csv = Files.writeString(
                    folder.resolve("r.csv"),
                    "\uFEFFid,name,email\n1,Bob Smith,bob@x.org\n2,Bob Smith,bs@x.org\n3,Ann Lee,a@x.org\n");
            Roster roster = Roster.read(csv);

            assertThat(roster.find("BOB@x.org").orElseThrow().id()).isEqualTo("1");
            assertThat(roster.find("leeann").orElseThrow().id()).isEqualTo("3");
            assertThat(roster.find("Bob Smith")).isEmpty();
        }

        @Test
        void with_a_quote_that_never_ends_are_told() throws Exception {
            Path csv = Files.writeString(folder.resolve("r.csv"), "id,name\nann,\"Ann\n");

            assertThatThrownBy(() -> Roster.read(csv))
                    .isInstanceOf(ClassInputException.class)
                    .hasMessageStartingWith(csv + ": is not CSV: ")
                    .hasMessageContaining("EOF reached before encapsulated token finished");
        }

        @Test
        void times_are_told_with_their_line() throws Exception {
            Path csv = Files.writeString(
                    folder.resolve("t.csv"), "student,assignment,submitted\nann,,2026-11-30 23:59\nbob,,soon\n");

            assertThatThrownBy(() -> HandInTimes.read(csv, Roster.none(), ZoneOffset.UTC))
                    .hasMessage(csv + ":3: 'soon' is no time: write 2026-11-30T23:59+01:00");
        }
    }

    private Path zip(Map<String, String> entries) throws IOException {
        Path zip = Files.createTempFile(folder, "in", ".zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putArchiveEntry(new ZipArchiveEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }
        }
        return zip;
    }
}
