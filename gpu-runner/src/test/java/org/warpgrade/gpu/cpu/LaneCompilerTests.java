package org.warpgrade.gpu.cpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.warpgrade.gpu.Argument.i32;
import static org.warpgrade.gpu.Argument.pointer;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.ptx.PtxParser;
import org.warpgrade.gpu.ptx.typed.CallLinker;
import org.warpgrade.gpu.ptx.typed.TypedFunction;
import org.warpgrade.gpu.ptx.typed.TypedModule;

class LaneCompilerTests {

    /** HotSpot never compiles a method of so many bytes of bytecode. */
    private static final int HUGE_METHOD = 8000;

    /** Straight code without a barrier: 64 sums of 60 terms, all alive to the end. */
    private static Program unrolled() {
        StringBuilder terms = new StringBuilder();
        for (int sum = 0; sum < 64; sum++) {
            terms.append("mul.rn.f32 %%f%d, %%f64, 0f%08X;\n".formatted(sum, Float.floatToRawIntBits(sum + 1)));
        }
        for (int term = 0; term < 60; term++) {
            for (int sum = 0; sum < 64; sum++) {
                terms.append("fma.rn.f32 %%f%d, %%f%d, %%f%d, %%f64;\n".formatted(sum, sum, (sum * 7 + term) % 64));
            }
        }
        for (int sum = 1; sum < 64; sum++) {
            terms.append("sub.rn.f32 %%f0, %%f0, %%f%d;\n".formatted(sum));
        }
        String ptx = """
                .version 8.5
                .target sm_80
                .address_size 64
                .visible .entry unrolled(.param .u64 unrolled_param_0, .param .u32 unrolled_param_1)
                {
                    .reg .f32 %f<66>;
                    .reg .b32 %r<3>;
                    .reg .b64 %rd<4>;
                    ld.param.u64 %rd1, [unrolled_param_0];
                    mov.u32 %r1, %tid.x;
                    mul.wide.u32 %rd2, %r1, 4;
                    add.s64 %rd3, %rd1, %rd2;
                    ld.global.f32 %f64, [%rd3];
                """ + terms + """
                    st.global.f32 [%rd3], %f0;
                    ret;
                }
                """;
        return new Program(
                new CudaSource("unrolled.cu", ""), ptx, "by hand", "", List.of(), Map.of("unrolled", "unrolled"));
    }

    /** The parameter is the same in all threads, but it is read before it is loaded, where all registers hold 0. */
    @ParameterizedTest
    @EnumSource
    void a_register_that_is_read_before_it_is_written_holds_0(Executor executor) {
        String ptx = """
                .version 8.5
                .target sm_80
                .address_size 64
                .visible .entry early(.param .u64 out, .param .u32 n)
                {
                    .reg .b32 %n, %first, %t;
                    .reg .b64 %p, %offset;
                    add.s32 %first, %n, 7;
                    ld.param.u64 %p, [out];
                    ld.param.u32 %n, [n];
                    add.s32 %first, %first, %n;
                    mov.u32 %t, %tid.x;
                    mul.wide.u32 %offset, %t, 4;
                    add.s64 %p, %p, %offset;
                    st.global.u32 [%p], %first;
                    ret;
                }
                """;
        Program program =
                new Program(new CudaSource("early.cu", ""), ptx, "by hand", "", List.of(), Map.of("early", "early"));
        DeviceBuffer out = DeviceBuffer.ints("out", Access.INOUT, new int[128], 128);
        try (CpuDevice device = new CpuDevice(executor)) {
            RunOutcome outcome = device.run(
                    program, Call.of("early", Argument.pointer(out), Argument.i32(100)), RunSettings.defaults());
            assertThat(((RunOutcome.Completed) outcome).buffers().ints(out)).containsOnly(107);
        }
    }

    /** Nothing comes after its only instruction; it once ran in the interpreter, because the JVM refused its class. */
    @Test
    void a_kernel_that_only_traps_is_compiled() {
        String ptx = """
                .version 8.5
                .target sm_80
                .address_size 64
                .visible .entry give_up()
                {
                    trap;
                }
                """;
        TypedModule module = new TypedModule(PtxParser.parse(ptx, "trap.cu"));
        TypedFunction kernel = requireNonNull(module.function("give_up", "give_up"));
        LaneCompiler.Compiled compiled =
                LaneCompiler.compile(CallLinker.link(module, kernel, Warp.STACK_LIMIT), LaneAccess.class);

        assertThat(compiled.plan().regions()).hasSize(1);
    }

    @Test
    void every_method_of_a_kernel_of_four_thousand_instructions_is_one_that_the_jit_compiles() {
        TypedModule module = new TypedModule(PtxParser.parse(unrolled().ptx(), "unrolled.cu"));
        TypedFunction kernel = requireNonNull(module.function("unrolled", "unrolled"));
        LaneCompiler.Emitted emitted =
                LaneCompiler.emit(CallLinker.link(module, kernel, Warp.STACK_LIMIT), LaneAccess.class);
        List<Integer> lengths = ClassFile.of().parse(emitted.bytes()).methods().stream()
                .flatMap(method -> method.code().stream())
                .map(code -> ((CodeAttribute) code).codeLength())
                .toList();
        assertThat(lengths).allSatisfy(length -> assertThat(length).isLessThan(HUGE_METHOD));
        assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isGreaterThan(4 * HUGE_METHOD);
    }

    @Test
    void a_kernel_of_many_regions_computes_what_the_interpreter_computes() {
        float[] start = new float[128];
        for (int i = 0; i < start.length; i++) {
            start[i] = i * 0.001f;
        }
        DeviceBuffer y = DeviceBuffer.floats("y", Access.INOUT, start);
        List<float[]> results = new ArrayList<>();
        for (Executor executor : Executor.values()) {
            try (CpuDevice device = new CpuDevice(executor)) {
                Call call = Call.of("unrolled", pointer(y), i32(start.length));
                RunOutcome outcome = device.run(unrolled(), call, RunSettings.defaults());
                results.add(((RunOutcome.Completed) outcome).buffers().floats(y));
            }
        }
        assertThat(results.getFirst()).isEqualTo(results.getLast()).isNotEqualTo(start);
    }

    @Test
    void classes_go_when_their_programs_go() throws InterruptedException {
        List<WeakReference<Class<?>>> classes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CpuProgram loaded = new CpuProgram(PtxParser.parse(unrolled().ptx(), "unrolled.cu"), Set.of());
            TypedFunction kernel = requireNonNull(loaded.module().function("unrolled", "unrolled"));
            classes.add(new WeakReference<>(
                    loaded.lanes(kernel, i % 2 == 0).orElseThrow().program().getClass()));
        }
        for (int tries = 0; tries < 20 && classes.stream().anyMatch(c -> c.get() != null); tries++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(classes).allSatisfy(c -> assertThat(c.get()).isNull());
    }
}
