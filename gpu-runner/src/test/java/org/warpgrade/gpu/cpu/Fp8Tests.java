package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;
import static org.warpgrade.gpu.DeviceBuffer.Access.IN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Buffers;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.ElementType;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;

/** What cuda_fp8.h computes, compared with the definition of the two formats, written again in Java. */
class Fp8Tests {

    private static final String TEXT = """
            #include <cuda_fp8.h>
            typedef unsigned char u8;
            #define SETTINGS(n, expression) \\
                int i = blockIdx.x * blockDim.x + threadIdx.x; \\
                for (int setting = 0; setting < 4 && i < n; setting++) { \\
                    __nv_fp8_interpretation_t kind = setting < 2 ? __NV_E4M3 : __NV_E5M2; \\
                    __nv_saturation_t saturate = setting % 2 == 0 ? __NV_NOSAT : __NV_SATFINITE; \\
                    out[setting * n + i] = expression; \\
                }
            __global__ void ofFloats(const int* x, int n, u8* out) {
                SETTINGS(n, __nv_cvt_float_to_fp8(__int_as_float(x[i]), saturate, kind))
            }
            __global__ void ofDoubles(const long long* x, int n, u8* out) {
                SETTINGS(n, __nv_cvt_double_to_fp8(__longlong_as_double(x[i]), saturate, kind))
            }
            __global__ void ofHalves(u8* out) {
                SETTINGS(65536, __nv_cvt_halfraw_to_fp8(__half_raw{(unsigned short)i}, saturate, kind))
            }
            __global__ void ofBfloats(u8* out) {
                SETTINGS(65536, __nv_cvt_bfloat16raw_to_fp8(__nv_bfloat16_raw{(unsigned short)i}, saturate, kind))
            }
            extern "C" void floats(const int* x, int n, u8* out) { ofFloats<<<(n + 255) / 256, 256>>>(x, n, out); }
            extern "C" void doubles(const long long* x, int n, u8* out) { ofDoubles<<<(n + 255) / 256, 256>>>(x, n, out); }
            extern "C" void halves(u8* out) { ofHalves<<<256, 256>>>(out); }
            extern "C" void bfloats(u8* out) { ofBfloats<<<256, 256>>>(out); }

            template <class T> __global__ void decode(__nv_fp8_interpretation_t kind, int* out) {
                int code = threadIdx.x;
                T t;
                t.__x = (u8)code;
                out[code] = __nv_cvt_fp8_to_halfraw((u8)code, kind).x;
                out[256 + code] = __float_as_int(float(t));
                out[512 + code] = __half_as_ushort(__half(t));
                out[768 + code] = __bfloat16_as_ushort(static_cast<__nv_bfloat16>(t));
                double wide = static_cast<double>(t);
                out[1024 + code] = isnan(wide) ? 0x7fffffff : __float_as_int((float)wide);
                __half2_raw pair = __nv_cvt_fp8x2_to_halfraw2((__nv_fp8x2_storage_t)(code << 8 | (255 - code)), kind);
                out[1280 + code] = pair.y;
                out[1536 + 255 - code] = pair.x;
                out[1792 + code] = T(float(t)).__x << 24 | T(__half(t)).__x << 16
                        | T(static_cast<__nv_bfloat16>(t)).__x << 8 | T(wide).__x;
            }
            extern "C" void decoded(int* out) {
                decode<__nv_fp8_e4m3><<<1, 256>>>(__NV_E4M3, out);
                decode<__nv_fp8_e5m2><<<1, 256>>>(__NV_E5M2, out + 2048);
            }

            template <class T> __global__ void toIntegers(long long* out) {
                T t;
                t.__x = (u8)threadIdx.x;
                out += 12 * threadIdx.x;
                *out++ = (unsigned char)t;
                *out++ = (unsigned short)t;
                *out++ = (unsigned int)t;
                *out++ = (long long)(unsigned long)t;
                *out++ = (long long)(unsigned long long)t;
                *out++ = (signed char)t;
                *out++ = (char)t;
                *out++ = (short)t;
                *out++ = (int)t;
                *out++ = (long)t;
                *out++ = (long long)t;
                *out++ = t ? 1 : 0;
            }
            extern "C" void integers(long long* out) {
                toIntegers<__nv_fp8_e4m3><<<1, 256>>>(out);
                toIntegers<__nv_fp8_e5m2><<<1, 256>>>(out + 12 * 256);
            }

            template <class T> __device__ void ofIntegers(int i, u8* out) {
                *out++ = T((unsigned short)i).__x;
                *out++ = T((unsigned int)i).__x;
                *out++ = T((unsigned long)i).__x;
                *out++ = T((unsigned long long)i).__x;
                *out++ = T((short)i).__x;
                *out++ = T(i).__x;
                *out++ = T((long)i).__x;
                *out++ = T((long long)i).__x;
            }
            __global__ void ofIntegers(u8* out) {
                int i = blockIdx.x * 256 + threadIdx.x;
                ofIntegers<__nv_fp8_e4m3>(i - 33000, out + 16 * i);
                ofIntegers<__nv_fp8_e5m2>(i - 33000, out + 16 * i + 8);
            }
            extern "C" void from_integers(u8* out) { ofIntegers<<<258, 256>>>(out); }

            template <class T2, class T4> __device__ void pack(const float* x, int* out) {
                __half2 low = __floats2half2_rn(x[0], x[1]), high = __floats2half2_rn(x[2], x[3]);
                __nv_bfloat162 lowB = __floats2bfloat162_rn(x[0], x[1]), highB = __floats2bfloat162_rn(x[2], x[3]);
                *out++ = T2(make_float2(x[0], x[1])).__x;
                *out++ = T2(make_double2(x[0], x[1])).__x;
                *out++ = T2(low).__x;
                *out++ = T2(lowB).__x;
                *out++ = T4(make_float4(x[0], x[1], x[2], x[3])).__x;
                *out++ = T4(make_double4(x[0], x[1], x[2], x[3])).__x;
                *out++ = T4(low, high).__x;
                *out++ = T4(lowB, highB).__x;
                float4 four = static_cast<float4>(T4(low, high));
                float2 two = static_cast<float2>(T2(low));
                float2 half = __half22float2(static_cast<__half2>(T2(low)));
                for (float f : {four.x, four.y, four.z, four.w, two.x, two.y, half.x, half.y}) *out++ = __float_as_int(f);
            }
            __global__ void packs(const float* x, int* out) {
                static_assert(sizeof(__nv_fp8x4_e5m2) == 4 && alignof(__nv_fp8x2_e4m3) == 2 && sizeof(__nv_fp8_e4m3) == 1, "");
                pack<__nv_fp8x2_e4m3, __nv_fp8x4_e4m3>(x, out);
                pack<__nv_fp8x2_e5m2, __nv_fp8x4_e5m2>(x, out + 16);
            }
            extern "C" void packed(const float* x, int* out) { packs<<<1, 1>>>(x, out); }
            """;

    /** Sign, exponent and fraction; the largest number is followed by the NaN of e4m3 or the infinity of e5m2. */
    private enum Format {
        E4M3(3, 7, 0x7e),
        E5M2(2, 15, 0x7b);

        private final int fraction;
        private final int bias;
        private final int largest;

        Format(int fraction, int bias, int largest) {
            this.fraction = fraction;
            this.bias = bias;
            this.largest = largest;
        }

        /** What the bits mean if no code is special. */
        private double number(int code) {
            int exponent = code >> fraction;
            int rest = code & (1 << fraction) - 1;
            return exponent == 0
                    ? Math.scalb((double) rest, 1 - bias - fraction)
                    : Math.scalb((double) (rest + (1 << fraction)), exponent - bias - fraction);
        }

        private double decoded(int code) {
            int size = code & 0x7f;
            double magnitude = size <= largest
                    ? number(size)
                    : this == E5M2 && size == 0x7c ? Double.POSITIVE_INFINITY : Double.NaN;
            return code < 0x80 ? magnitude : -magnitude;
        }

        /** Between the code and the next one; behind the largest number, as if one more followed. */
        private double middle(int code) {
            return (number(code) + number(code + 1)) / 2;
        }

        private int encoded(double x, boolean saturate) {
            if (Double.isNaN(x)) {
                return 0x7f;
            }
            double size = Math.abs(x);
            int low = 0;
            int high = largest + 1;
            while (low < high) {
                int code = (low + high) / 2;
                boolean above = code % 2 == 0 ? size > middle(code) : size >= middle(code);
                if (above) {
                    low = code + 1;
                } else {
                    high = code;
                }
            }
            int code = saturate ? Math.min(low, largest) : low;
            return code | (Double.doubleToRawLongBits(x) < 0 ? 0x80 : 0);
        }

        /** A NaN of a double keeps its sign, and in e5m2 the bit behind the quiet one. */
        private int encodedBits(long bits, boolean saturate) {
            double x = Double.longBitsToDouble(bits);
            if (!Double.isNaN(x)) {
                return encoded(x, saturate);
            }
            return (this == E4M3 ? 0x7f : 0x7e | (int) (bits >> 50 & 1)) | (bits < 0 ? 0x80 : 0);
        }
    }

    private static Buffers run(Executor executor, Call call) {
        RunOutcome outcome = Kernels.runText(executor, TEXT, call, RunSettings.defaults());
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        assertThat(outcome.trace().findings()).isEmpty();
        return ((RunOutcome.Completed) outcome).buffers();
    }

    private static byte[] bytes(Buffers buffers, DeviceBuffer out) {
        byte[] bytes = new byte[out.bytes()];
        buffers.bytes(out).get(bytes);
        return bytes;
    }

    private interface Expectation {
        int code(Format format, boolean saturate, int i);
    }

    private static void assertCodes(byte[] actual, int n, Expectation expectation, IntFunction<String> name) {
        assertThat(actual).hasSize(4 * n);
        List<String> wrong = new ArrayList<>();
        for (int setting = 0; setting < 4; setting++) {
            Format format = Format.values()[setting / 2];
            for (int i = 0; i < n && wrong.size() < 20; i++) {
                int expected = expectation.code(format, setting % 2 == 1, i);
                int code = actual[setting * n + i] & 0xff;
                if (code != expected) {
                    wrong.add("%s %s of %s: %02x, not %02x"
                            .formatted(
                                    format, setting % 2 == 1 ? "satfinite" : "nosat", name.apply(i), code, expected));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static float ofBfloat(int bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The numbers of both formats, the ties between them and what is near, and the ends of double's range. */
    private static double[] interesting() {
        double[] positive = Arrays.stream(Format.values())
                .flatMapToDouble(format -> IntStream.rangeClosed(0, format.largest + 1)
                        .mapToObj(code -> DoubleStream.of(format.number(code), format.middle(code)))
                        .flatMapToDouble(each -> each))
                .flatMap(x -> DoubleStream.of(
                        x,
                        Math.nextUp(x),
                        Math.nextDown(x),
                        Math.nextUp((float) x),
                        Math.nextDown((float) x),
                        4 * x,
                        x / 3))
                .toArray();
        double[] ends = {
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            1e-60,
            1e60
        };
        return DoubleStream.concat(Arrays.stream(positive), Arrays.stream(ends))
                .flatMap(x -> DoubleStream.of(x, -x))
                .toArray();
    }

    @ParameterizedTest
    @EnumSource
    void floats_are_rounded_once_to_nearest_even(Executor executor) {
        Random random = new Random(8);
        int[] rest = IntStream.concat(
                        IntStream.concat(
                                IntStream.range(0, 0x10000)
                                        .map(i -> Float.floatToRawIntBits(Float.float16ToFloat((short) i))),
                                IntStream.of(0x7fc00000, 0xffc00000, 0x7f800001, 0xff800001, 0x7fffffff, 0xffffffff)),
                        IntStream.range(0, 40_000)
                                .map(i -> i % 2 == 0
                                        ? random.nextInt()
                                        : random.nextInt(0x36800000, 0x47900000) | random.nextInt(2) << 31))
                .toArray();
        int[] all = IntStream.concat(
                        Arrays.stream(interesting()).mapToInt(d -> Float.floatToRawIntBits((float) d)),
                        Arrays.stream(rest))
                .toArray();
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.U8, 4, all.length);
        Buffers buffers = run(
                executor, Call.of("floats", pointer(DeviceBuffer.ints("x", IN, all)), i32(all.length), pointer(out)));
        assertCodes(
                bytes(buffers, out),
                all.length,
                (format, saturate, i) -> format.encoded(Float.intBitsToFloat(all[i]), saturate),
                i -> Float.toHexString(Float.intBitsToFloat(all[i])) + " = " + Integer.toHexString(all[i]));
    }

    @ParameterizedTest
    @EnumSource
    void doubles_are_rounded_once_to_nearest_even(Executor executor) {
        Random random = new Random(9);
        long small = Double.doubleToRawLongBits(0x1p-18);
        long large = Double.doubleToRawLongBits(0x1p17);
        long[] all = LongStream.concat(
                        LongStream.concat(
                                Arrays.stream(interesting()).mapToLong(Double::doubleToRawLongBits),
                                IntStream.range(0, 0x10000)
                                        .mapToLong(i -> Double.doubleToRawLongBits(Float.float16ToFloat((short) i)))),
                        LongStream.concat(
                                LongStream.of(
                                        0x7ff8000000000000L,
                                        0xfff8000000000000L,
                                        0x7ff0000000000001L,
                                        0xfff4000000000000L,
                                        0x7fffffffffffffffL,
                                        -1L),
                                LongStream.range(0, 40_000)
                                        .map(i -> i % 2 == 0
                                                ? random.nextLong()
                                                : random.nextLong(small, large) | (long) random.nextInt(2) << 63)))
                .toArray();
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.U8, 4, all.length);
        Buffers buffers = run(
                executor, Call.of("doubles", pointer(DeviceBuffer.longs("x", IN, all)), i32(all.length), pointer(out)));
        assertCodes(
                bytes(buffers, out),
                all.length,
                (format, saturate, i) -> format.encodedBits(all[i], saturate),
                i -> Double.toHexString(Double.longBitsToDouble(all[i])) + " = " + Long.toHexString(all[i]));
    }

    @ParameterizedTest
    @EnumSource
    void every_half_and_every_bfloat16(Executor executor) {
        DeviceBuffer halves = DeviceBuffer.output("out", ElementType.U8, 4, 0x10000);
        assertCodes(
                bytes(run(executor, Call.of("halves", pointer(halves))), halves),
                0x10000,
                (format, saturate, i) -> format.encoded(Float.float16ToFloat((short) i), saturate),
                Integer::toHexString);
        DeviceBuffer bfloats = DeviceBuffer.output("out", ElementType.U8, 4, 0x10000);
        assertCodes(
                bytes(run(executor, Call.of("bfloats", pointer(bfloats))), bfloats),
                0x10000,
                (format, saturate, i) -> format.encoded(ofBfloat(i), saturate),
                Integer::toHexString);
    }

    @ParameterizedTest
    @EnumSource
    void every_code_is_decoded_and_survives_the_way_there_and_back(Executor executor) {
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 2, 8, 256);
        int[] actual = run(executor, Call.of("decoded", pointer(out))).ints(out);
        int[] expected = new int[actual.length];
        for (Format format : Format.values()) {
            for (int code = 0; code < 256; code++) {
                float value = (float) format.decoded(code);
                boolean nan = Float.isNaN(value);
                int bits = nan ? 0x7fffffff : Float.floatToRawIntBits(value);
                int half = nan ? 0x7fff : Float.floatToFloat16(value) & 0xffff;
                // an infinity saturates on the way back
                int back = nan ? 0x7f : Math.min(code & 0x7f, format.largest) | code & 0x80;
                int[] each = {half, bits, half, bits >>> 16, bits, half, half, back * 0x01010101};
                for (int way = 0; way < each.length; way++) {
                    expected[format.ordinal() * 2048 + way * 256 + code] = each[way];
                }
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void integers_of_every_code_stay_in_their_range(Executor executor) {
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I64, 2, 256, 12);
        long[] actual = run(executor, Call.of("integers", pointer(out))).longs(out);
        long[] least = {0, 0, 0, 0, 0, -128, -128, -32768, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE};
        long[] most = {
            255, 65535, 0xffffffffL, -1, -1, 127, 127, 32767, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE
        };
        long[] nan = {0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE, 0, 0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE};
        long[] expected = new long[actual.length];
        for (Format format : Format.values()) {
            for (int code = 0; code < 256; code++) {
                double value = format.decoded(code);
                int at = (format.ordinal() * 256 + code) * 12;
                for (int type = 0; type < 11; type++) {
                    double limit = most[type] == -1 ? 0x1p64 : most[type];
                    expected[at + type] = Double.isNaN(value)
                            ? nan[type]
                            : value >= limit ? most[type] : Math.max((long) value, least[type]);
                }
                expected[at + 11] = (code & 0x7f) != 0 ? 1 : 0;
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void codes_of_integers_saturate(Executor executor) {
        int n = 258 * 256;
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.U8, n, 2, 8);
        byte[] actual = bytes(run(executor, Call.of("from_integers", pointer(out))), out);
        byte[] expected = new byte[actual.length];
        for (int i = 0; i < n; i++) {
            int x = i - 33000;
            double whole = x < 0 ? 0x1p64 + x : x;
            double[] each = {x & 0xffff, x & 0xffffffffL, whole, whole, (short) x, x, x, x};
            for (Format format : Format.values()) {
                for (int type = 0; type < 8; type++) {
                    expected[16 * i + 8 * format.ordinal() + type] = (byte) format.encoded(each[type], true);
                }
            }
        }
        assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void pairs_and_fours_begin_with_the_low_byte(Executor executor) {
        float[] x = {1.5f, -0.40625f, 300, -1e5f};
        DeviceBuffer out = DeviceBuffer.output("out", ElementType.I32, 2, 16);
        int[] actual = run(executor, Call.of("packed", pointer(DeviceBuffer.floats("x", IN, x)), pointer(out)))
                .ints(out);
        for (Format format : Format.values()) {
            int[] codes = new int[4];
            int[] back = new int[4];
            for (int i = 0; i < 4; i++) {
                codes[i] = format.encoded(x[i], true);
                back[i] = Float.floatToRawIntBits((float) format.decoded(codes[i]));
            }
            int two = codes[0] | codes[1] << 8;
            int four = two | codes[2] << 16 | codes[3] << 24;
            assertThat(Arrays.copyOfRange(actual, 16 * format.ordinal(), 16 * format.ordinal() + 16))
                    .containsExactly(
                            two, two, two, two, four, four, four, four, back[0], back[1], back[2], back[3], back[0],
                            back[1], back[0], back[1]);
        }
    }
}
