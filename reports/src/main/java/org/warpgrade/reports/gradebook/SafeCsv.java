package org.warpgrade.reports.gradebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.warpgrade.reports.Inert;

/**
 * CSV that no spreadsheet takes for a program: a text that begins like a formula gets an apostrophe before it, control
 * characters become visible, line ends inside a cell are gone. A semicolon before a formula counts as its beginning, because
 * many a spreadsheet splits lines there.
 */
final class SafeCsv {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setQuoteMode(QuoteMode.MINIMAL)
            .setRecordSeparator("\r\n")
            .get();

    private final StringBuilder text = new StringBuilder();
    private final CSVPrinter printer;

    SafeCsv() {
        try {
            printer = new CSVPrinter(text, FORMAT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row; numbers are written by the caller and pass as they are. */
    SafeCsv row(List<String> cells) {
        try {
            printer.printRecord(cells.stream().map(SafeCsv::safe).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A cell that a spreadsheet shows instead of running it. */
    static String safe(String cell) {
        String plain = Inert.text(cell).replace('\n', ' ').replace('\t', ' ');
        plain = plain.replaceAll(";(\\s*)(?=[=+@＝＋＠|]|[-－][^\\d\\s])", ";$1'");
        boolean number = plain.matches("-?\\d+(\\.\\d+)?");
        boolean formula = !plain.isEmpty() && "=+-@＝＋－＠|%".indexOf(plain.charAt(0)) >= 0;
        return formula && !number && !plain.equals("-") ? "'" + plain : plain;
    }

    String close() {
        return text.toString();
    }
}
