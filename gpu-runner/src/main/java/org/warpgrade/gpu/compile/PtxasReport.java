package org.warpgrade.gpu.compile;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.warpgrade.gpu.KernelResources;

/**
 * What {@code --ptxas-options=-v} adds to NVRTC's log, three lines per kernel:
 *
 * <pre>
 * ptxas info    : Compiling entry function '_Z1kPf' for 'sm_80'
 * ptxas         .     16 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads
 * ptxas info    : Used 28 registers, used 1 barriers, 512 bytes smem, 376 bytes cmem[0]
 * </pre>
 */
final class PtxasReport {

    private static final Pattern ENTRY = Pattern.compile("Compiling entry function '([^']+)' for '(sm_\\w+)'");
    private static final Pattern FRAME =
            Pattern.compile("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
    private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
    private static final Pattern BARRIERS = Pattern.compile("used (\\d+) barriers");
    private static final Pattern SHARED = Pattern.compile("(\\d+)(?:\\+\\d+)? bytes smem");

    private static final BigInteger MOST = BigInteger.valueOf(Integer.MAX_VALUE);

    private PtxasReport() {}

    static List<KernelResources> read(String log) {
        List<KernelResources> kernels = new ArrayList<>();
        String kernel = "";
        String architecture = "";
        int stack = 0;
        int stores = 0;
        int loads = 0;
        for (String line : log.split("\n")) {
            Matcher entry = ENTRY.matcher(line);
            Matcher frame = FRAME.matcher(line);
            Matcher registers = REGISTERS.matcher(line);
            if (entry.find()) {
                kernel = entry.group(1);
                architecture = entry.group(2);
            } else if (frame.find()) {
                stack = number(frame.group(1));
                stores = number(frame.group(2));
                loads = number(frame.group(3));
            } else if (registers.find() && !kernel.isEmpty()) {
                kernels.add(new KernelResources(
                        kernel,
                        architecture,
                        number(registers.group(1)),
                        stores,
                        loads,
                        number(SHARED, line),
                        stack,
                        number(BARRIERS, line)));
                kernel = "";
            }
        }
        return kernels;
    }

    private static int number(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? number(matcher.group(1)) : 0;
    }

    /** What is more than an int holds is more than any GPU has, however much more. */
    private static int number(String digits) {
        return new BigInteger(digits).min(MOST).intValue();
    }
}
