package org.warpgrade.gpu.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The code of this class is loaded once more for each meaning that is often applied, as a hidden class of its own. There the
 * helper is a constant, which the JIT inlines into a loop over the lanes; elsewhere it is a value that must be called.
 */
final class HotMeaning implements RowMeaning {

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** Null in this class itself, which nobody makes. */
    private static final MethodHandle HELPER = helper();

    private static final int ARITY = HELPER == null ? 0 : HELPER.type().parameterCount();

    private static MethodHandle helper() {
        try {
            return MethodHandles.classData(LOOKUP, "_", MethodHandle.class);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @param helper takes one to four longs and gives one */
    static RowMeaning of(MethodHandle helper) {
        try (InputStream code = HotMeaning.class.getResourceAsStream("HotMeaning.class")) {
            return (RowMeaning) LOOKUP.defineHiddenClassWithClassData(code.readAllBytes(), helper, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void apply(long[][] rows, int[] starts, long[] results, int start, int lanes) {
        long[] a = rows[0];
        long[] b = rows[1];
        long[] c = rows[2];
        long[] d = rows[3];
        int i = starts[0];
        int j = starts[1];
        int k = starts[2];
        int l = starts[3];
        if (lanes == -1) {
            for (int lane = 0; lane < Frame.LANES; lane++) {
                results[start + lane] = apply(a, i + lane, b, j + lane, c, k + lane, d, l + lane);
            }
            return;
        }
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            results[start + lane] = apply(a, i + lane, b, j + lane, c, k + lane, d, l + lane);
        }
    }

    private static long apply(long[] a, int i, long[] b, int j, long[] c, int k, long[] d, int l) {
        try {
            return switch (ARITY) {
                case 1 -> (long) HELPER.invokeExact(a[i]);
                case 2 -> (long) HELPER.invokeExact(a[i], b[j]);
                case 3 -> (long) HELPER.invokeExact(a[i], b[j], c[k]);
                default -> (long) HELPER.invokeExact(a[i], b[j], c[k], d[l]);
            };
        } catch (Error | RuntimeException thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
