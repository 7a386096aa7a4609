package org.warpgrade.engine.handin;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header, as spreadsheets and learning platforms write it: comma or semicolon, with or without a mark. */
final class Table {

    /** A row and the line it ends in. */
    record Row(long line, Map<String, String> cells) {

        /** The cell under the first of these headers that the table has; empty if there is none. */
        String get(String... headers) {
            for (String header : headers) {
                String cell = cells.get(header);
                if (cell != null && !cell.isBlank()) {
                    return cell.strip();
                }
            }
            return "";
        }
    }

    private final Path file;
    private final List<String> headers;
    private final List<Row> rows;

    private Table(Path file, List<String> headers, List<Row> rows) {
        this.file = file;
        this.headers = headers;
        this.rows = rows;
    }

    static Table read(Path file) throws ClassInputException {
        String text = text(file);
        String first = text.lines().findFirst().orElse("");
        char delimiter = first.chars().filter(c -> c == ';').count()
                        > first.chars().filter(c -> c == ',').count()
                ? ';'
                : ',';
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(true)
                .setTrailingData(true)
                .get();
        List<Row> rows = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord line : parser) {
                if (headers.isEmpty()) {
                    line.forEach(cell -> headers.add(cell.strip().toLowerCase(Locale.ROOT)));
                } else {
                    rows.add(new Row(parser.getCurrentLineNumber(), cells(headers, line)));
                }
            }
        } catch (UncheckedIOException e) {
            // the rows come from an iterator, which can throw nothing else
            throw new ClassInputException(file + ": is not CSV: " + e.getCause().getMessage(), e);
        } catch (CSVException e) {
            throw new ClassInputException(file + ": is not CSV: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ClassInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
        return new Table(file, List.copyOf(headers), List.copyOf(rows));
    }

    List<Row> rows() {
        return rows;
    }

    boolean has(String... anyOf) {
        return List.of(anyOf).stream().anyMatch(headers::contains);
    }

    List<String> headers() {
        return headers;
    }

    ClassInputException wrong(long line, String sentence) {
        return new ClassInputException(file + ":" + line + ": " + sentence);
    }

    private static Map<String, String> cells(List<String> headers, CSVRecord line) {
        Map<String, String> cells = new TreeMap<>();
        for (int i = 0; i < Math.min(headers.size(), line.size()); i++) {
            cells.putIfAbsent(headers.get(i), line.get(i));
        }
        return cells;
    }

    private static String text(Path file) throws ClassInputException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new ClassInputException(file + ": there is no such file", e);
        } catch (MalformedInputException e) {
            throw new ClassInputException(file + ": is not UTF-8 text; save it as CSV UTF-8", e);
        } catch (IOException e) {
            throw new ClassInputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
