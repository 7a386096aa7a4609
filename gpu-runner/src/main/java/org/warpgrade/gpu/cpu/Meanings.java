package org.warpgrade.gpu.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.warpgrade.gpu.ptx.isa.DoubleNans;
import org.warpgrade.gpu.ptx.isa.FloatMath;
import org.warpgrade.gpu.ptx.isa.PtxMath.MethodRef;

/**
 * Instruction helpers as functions of register bits. A register's bits are a long: integers zero-extended, floats as
 * their IEEE patterns, predicates 0 or 1.
 */
final class Meanings {

    /** A helper that takes and gives bits. */
    static final class Meaning {

        /** Applications to rows after which a class of its own pays. */
        private static final int HOT = 500;

        private final MethodHandle handle;
        private final int arity;
        private int applied;
        private volatile @Nullable RowMeaning hot;

        private Meaning(MethodHandle handle) {
            this.handle = handle;
            this.arity = handle.type().parameterCount();
        }

        long apply(long a, long b, long c, long d) {
            try {
                return switch (arity) {
                    case 1 -> (long) handle.invokeExact(a);
                    case 2 -> (long) handle.invokeExact(a, b);
                    case 3 -> (long) handle.invokeExact(a, b, c);
                    case 4 -> (long) handle.invokeExact(a, b, c, d);
                    default -> throw new IllegalStateException("helper with " + arity + " operands");
                };
            } catch (Error | RuntimeException thrown) {
                throw thrown;
            } catch (Throwable impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /** See {@link RowMeaning#apply}. */
        void apply(long[][] rows, int[] starts, long[] results, int start, int lanes) {
            RowMeaning own = hot;
            if (own != null) {
                own.apply(rows, starts, results, start, lanes);
                return;
            }
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                results[start + lane] = apply(
                        rows[0][starts[0] + lane],
                        rows[1][starts[1] + lane],
                        rows[2][starts[2] + lane],
                        rows[3][starts[3] + lane]);
            }
            // counted without care: two threads may miss some, or make a class each
            if (++applied >= HOT) {
                hot = HotMeaning.of(handle);
            }
        }
    }

    private record Key(MethodRef method, boolean ftz, boolean sat) {}

    private static final Map<Key, Meaning> ADAPTED = new ConcurrentHashMap<>();
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private Meanings() {}

    /** The helper over bits, with flushed subnormals and saturation if asked for. */
    static Meaning of(MethodRef method, boolean ftz, boolean sat) {
        return ADAPTED.computeIfAbsent(new Key(method, ftz, sat), Meanings::adapt);
    }

    private static Meaning adapt(Key key) {
        try {
            MethodHandle handle = LOOKUP.findStatic(
                    key.method().owner(), key.method().name(), key.method().type());
            MethodType type = handle.type();
            handle = withNans(key.method(), onHalves(key, handle));
            for (int i = 0; i < type.parameterCount(); i++) {
                handle = MethodHandles.filterArguments(handle, i, fromBits(type.parameterType(i), key.ftz()));
            }
            if (key.sat()) {
                handle = MethodHandles.filterReturnValue(handle, local("sat", type.returnType()));
            }
            handle = MethodHandles.filterReturnValue(handle, toBits(type.returnType(), key.ftz()));
            return new Meaning(handle);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("helper " + key.method(), impossible);
        }
    }

    /** The NaN that the hardware gives, whichever the JVM's arithmetic gave. */
    private static MethodHandle withNans(MethodRef method, MethodHandle handle) throws ReflectiveOperationException {
        if (ArithmeticNans.isCanonical(method)) {
            return MethodHandles.filterReturnValue(
                    handle,
                    LOOKUP.findStatic(
                            FloatMath.class, "canonical_f32", MethodType.methodType(float.class, float.class)));
        }
        if (!ArithmeticNans.handsOn(method)) {
            return handle;
        }
        // handOn(handle(a, b), a, b)
        int arity = method.type().parameterCount();
        List<Class<?>> doubles = Collections.nCopies(1 + arity, double.class);
        MethodHandle nan = LOOKUP.findStatic(DoubleNans.class, "handOn", MethodType.methodType(double.class, doubles));
        int[] twice = IntStream.range(0, 2 * arity).map(i -> i % arity).toArray();
        return MethodHandles.permuteArguments(MethodHandles.collectArguments(nan, 0, handle), handle.type(), twice);
    }

    private static MethodHandle onHalves(Key key, MethodHandle handle) throws ReflectiveOperationException {
        HalfModifiers modifiers = HalfModifiers.of(key.method(), key.ftz(), key.sat());
        MethodHandle adapted = handle;
        if (modifiers.flush() != null) {
            MethodHandle flush = handleOf(modifiers.flush());
            for (int i = 0; i < handle.type().parameterCount(); i++) {
                adapted = MethodHandles.filterArguments(adapted, i, flush);
            }
            if (handle.type().returnType() == int.class) {
                adapted = MethodHandles.filterReturnValue(adapted, flush);
            }
        }
        return modifiers.saturate() == null
                ? adapted
                : MethodHandles.filterReturnValue(adapted, handleOf(modifiers.saturate()));
    }

    private static MethodHandle handleOf(MethodRef method) throws ReflectiveOperationException {
        return LOOKUP.findStatic(method.owner(), method.name(), method.type());
    }

    private static MethodHandle fromBits(Class<?> type, boolean ftz) throws ReflectiveOperationException {
        String name = ftz && type == float.class ? "toFlushedFloat" : "to_" + type.getName();
        return LOOKUP.findStatic(Meanings.class, name, MethodType.methodType(type, long.class));
    }

    private static MethodHandle toBits(Class<?> type, boolean ftz) throws ReflectiveOperationException {
        String name = ftz && type == float.class ? "flushedBits" : "bits";
        return LOOKUP.findStatic(Meanings.class, name, MethodType.methodType(long.class, type));
    }

    private static MethodHandle local(String name, Class<?> type) throws ReflectiveOperationException {
        return LOOKUP.findStatic(Meanings.class, name, MethodType.methodType(type, type));
    }

    static int to_int(long bits) {
        return (int) bits;
    }

    static long to_long(long bits) {
        return bits;
    }

    static float to_float(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    static float toFlushedFloat(long bits) {
        return FloatMath.ftz_f32(Float.intBitsToFloat((int) bits));
    }

    static double to_double(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static boolean to_boolean(long bits) {
        return bits != 0;
    }

    static long bits(int value) {
        return value & 0xFFFFFFFFL;
    }

    static long bits(long value) {
        return value;
    }

    static long bits(float value) {
        return Float.floatToRawIntBits(value) & 0xFFFFFFFFL;
    }

    static long flushedBits(float value) {
        return bits(FloatMath.ftz_f32(value));
    }

    static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static long bits(boolean value) {
        return value ? 1 : 0;
    }

    static float sat(float value) {
        return FloatMath.sat_f32(value);
    }

    static double sat(double value) {
        return value >= 0 ? Math.min(value, 1.0) : 0.0;
    }

    static int sat(int value) {
        return value;
    }
}
