package org.warpgrade.reports.gradebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.warpgrade.reports.dashboard.Classes;

class GradeFilesTests {

    @Nested
    class Formats {

        @Test
        void canvas_has_its_five_columns_the_row_of_points_and_empty_cells_for_nothing() {
            assertThat(GradeFiles.canvas(Classes.small())).isEqualTo("""
                            Student,ID,SIS User ID,SIS Login ID,Section,Assignment op-softmax
                            Points Possible,,,,,100
                            Ann Lee,101,900,alee,A,100
                            Bob Smith,102,901,,B,55.5
                            Cem,,,cem,,
                            """.replace("\n", "\r\n"));
        }

        @Test
        void moodle_takes_grades_by_number_or_address() {
            assertThat(GradeFiles.moodle(Classes.small())).isEqualTo("""
                            Full name,ID number,Email address,Assignment op-softmax
                            Ann Lee,900,ann@example.org,100
                            Bob Smith,901,bob@example.org,55.5
                            Cem,cem,,
                            """.replace("\n", "\r\n"));
        }

        @Test
        void the_worksheet_names_participants_and_gives_the_derivation_as_feedback() {
            Map<String, String> files = GradeFiles.all(Classes.small());

            assertThat(files.get("moodle-worksheet-op-softmax.csv")).isEqualTo("""
                            Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
                            Last modified (submission),Last modified (grade),Feedback comments
                            Participant 101,Ann Lee,ann@example.org,Submitted for grading,100,100.00,Yes,\
                            2026-11-20 08:00:00 +00:00,-,100 of 100
                            Participant 102,Bob Smith,bob@example.org,Submitted for grading,55.5,100.00,Yes,\
                            2026-11-20 08:00:00 +00:00,-,55.5 by decision: appeal
                            """.replace("\n", "\r\n"));
        }

        @Test
        void the_table_has_a_line_for_each_grade() throws IOException {
            List<CSVRecord> lines = parse(GradeFiles.table(Classes.small()));

            assertThat(lines).hasSize(4);
            assertThat(lines.get(2).toList())
                    .startsWith("bob", "Bob Smith", "B", "op-softmax", "graded", "failed", "40", "100", "55.5");
            assertThat(lines.get(3).get(4)).isEqualTo("missing");
        }
    }

    @Nested
    class Formulas {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "=1+1|'=1+1",
                    "+1 555|'+1 555",
                    "-cmd|'-cmd",
                    "@SUM(A1)|'@SUM(A1)",
                    "＝1|'＝1",
                    "-5|-5",
                    "12.5|12.5",
                    "-|-",
                    "a=b|a=b",
                    "Ann;=1+1|Ann;'=1+1",
                    "Ann; @SUM(A1)|Ann; '@SUM(A1)",
                    "95 of 100; -5 late|95 of 100; -5 late"
                })
        void are_text(String cell, String safe) {
            assertThat(SafeCsv.safe(cell)).isEqualTo(safe);
        }

        @Test
        void in_a_roster_stay_text_in_every_file() throws IOException {
            for (Map.Entry<String, String> file :
                    GradeFiles.all(Classes.hostile()).entrySet()) {
                for (CSVRecord line : parse(file.getValue())) {
                    line.forEach(cell -> assertThat(cell)
                            .as(file.getKey())
                            .doesNotContainPattern("^[=+@\\t\\r|%]")
                            .doesNotContainPattern("^-[^\\d]+.")
                            .doesNotContain("\n"));
                }
            }
        }
    }

    private static List<CSVRecord> parse(String text) throws IOException {
        try (CSVParser parser = CSVParser.parse(new StringReader(text), CSVFormat.RFC4180)) {
            return parser.getRecords();
        }
    }
}
