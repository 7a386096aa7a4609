package org.warpgrade.gpu;

/**
 * A place in a source file.
 *
 * @param file the file name as {@link CudaSource#name()} gives it
 * @param line 1-based line
 * @param column 1-based column, 0 where unknown
 */
public record SourceLocation(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
