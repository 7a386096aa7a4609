package org.warpgrade.gpu.compile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.warpgrade.gpu.Diagnostic;
import org.warpgrade.gpu.Severity;
import org.warpgrade.gpu.SourceLocation;

/** Texts and diagnostics as cache entries hold them; {@code writeUTF} ends at 64 KB. */
final class CacheText {

    private CacheText() {}

    static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes does not fit the entry");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    static void write(DataOutputStream out, Diagnostic diagnostic) throws IOException {
        write(out, diagnostic.severity().name());
        SourceLocation at = diagnostic.at();
        out.writeBoolean(at != null);
        if (at != null) {
            write(out, at.file());
            out.writeInt(at.line());
            out.writeInt(at.column());
        }
        write(out, diagnostic.message());
    }

    static Diagnostic readDiagnostic(DataInputStream in) throws IOException {
        Severity severity = Severity.valueOf(read(in));
        SourceLocation at = in.readBoolean() ? new SourceLocation(read(in), in.readInt(), in.readInt()) : null;
        return new Diagnostic(severity, at, read(in));
    }
}
