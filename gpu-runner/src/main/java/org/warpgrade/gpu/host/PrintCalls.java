package org.warpgrade.gpu.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.host.RuntimeCalls.Site;

/** The calls that make text, of host code and of kernels: {@code printf}, {@code snprintf}, and what a failed {@code assert} says. */
public final class PrintCalls {

    private static final int LONGEST_TEXT = 64 << 10;

    private PrintCalls() {}

    /** {@code vprintf(format, arguments)}: prints and returns the number of arguments. */
    public static void vprintf(Site site, Consumer<String> print) {
        PrintfFormat.Result result = formatted(site, site.longArgument(0), site.longArgument(1));
        print.accept(result.text());
        site.returnInt(result.values());
    }

    /** {@code snprintf(to, limit, format, arguments)}: returns the length that the text would have. */
    static void snprintf(Site site) {
        byte[] text = formatted(site, site.longArgument(2), site.longArgument(3))
                .text()
                .getBytes(StandardCharsets.UTF_8);
        long limit = site.longArgument(1);
        if (limit != 0) {
            int kept = limit < 0 ? text.length : (int) Math.min(text.length, limit - 1);
            site.write(site.longArgument(0), Arrays.copyOf(Arrays.copyOf(text, kept), kept + 1));
        }
        site.returnInt(text.length);
    }

    private static PrintfFormat.Result formatted(Site site, long formatAddress, long arguments) {
        String format = cString(site, formatAddress);
        long[] at = {arguments};
        return PrintfFormat.format(format, new PrintfFormat.Values() {
            private long next(int bytes) {
                at[0] = (at[0] + bytes - 1) / bytes * bytes;
                long value = HostRuntime.little(site.read(at[0], bytes));
                at[0] += bytes;
                return value;
            }

            @Override
            public int nextInt() {
                return (int) next(4);
            }

            @Override
            public long nextLong() {
                return next(8);
            }

            @Override
            public double nextDouble() {
                return Double.longBitsToDouble(next(8));
            }

            @Override
            public String nextString() {
                return cString(site, next(8));
            }
        });
    }

    /** {@code __assertfail(message, file, line, function, charSize)} as the fault that it is. */
    public static ProgramFault assertion(Site site) {
        return new ProgramFault(
                FindingKind.ASSERTION,
                "assertion failed: " + cString(site, site.longArgument(0)) + " in "
                        + cString(site, site.longArgument(3)));
    }

    private static String cString(Site site, long address) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < LONGEST_TEXT) {
            byte b = site.read(address + bytes.size(), 1)[0];
            if (b == 0) {
                break;
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
