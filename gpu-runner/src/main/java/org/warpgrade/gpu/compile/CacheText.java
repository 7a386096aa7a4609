package org.warpgrade.gpu.compile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Texts as cache entries hold them; {@code writeUTF} ends at 64 KB. */
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
}
