package org.warpgrade.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.CudaSource;
import org.warpgrade.gpu.Device;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.Program;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunSettings;
import org.warpgrade.gpu.cpu.CpuDevice;
import org.warpgrade.gpu.cpu.Executor;

/**
 * Runs every program in {@code ptx-samples} on the CPU device and compares the bits it stores with those in its header.
 * The expected bits come from the PTX ISA, never from our own helpers.
 */
class PtxSamplesTests {

    private static final Map<Executor, Device> DEVICES = new EnumMap<>(Executor.class);

    static {
        for (Executor executor : Executor.values()) {
            DEVICES.put(executor, new CpuDevice(executor));
        }
    }

    @AfterAll
    static void closeDevices() {
        DEVICES.values().forEach(Device::close);
    }

    static List<PtxSample> samples() throws URISyntaxException {
        URL folder = Objects.requireNonNull(PtxSamplesTests.class.getResource("/ptx-samples"));
        return PtxSample.in(Path.of(folder.toURI()));
    }

    @Test
    void there_is_a_sample_for_most_instruction_forms() throws URISyntaxException {
        assertThat(samples())
                .hasSizeGreaterThan(900)
                .allSatisfy(sample ->
                        assertThat(sample.cases()).as("cases of %s", sample).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void stores_the_bits_of_its_header_compiled_to_lane_loops(PtxSample sample) {
        storesItsBits(sample, Executor.LANE_LOOPS);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void stores_the_bits_of_its_header_with_lanes_abreast(PtxSample sample) {
        storesItsBits(sample, Executor.LANES_ABREAST);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void stores_the_bits_of_its_header_interpreted(PtxSample sample) {
        storesItsBits(sample, Executor.WARP_INTERPRETER);
    }

    private static void storesItsBits(PtxSample sample, Executor executor) {
        long[] results = run(sample, executor);
        for (int i = 0; i < results.length; i++) {
            PtxSample.Case one = sample.cases().get(i);
            assertThatObject(Long.toHexString(results[i]))
                    .as("%s of %s", sample, one)
                    .isEqualTo(Long.toHexString(one.expected()));
        }
    }

    private static long[] run(PtxSample sample, Executor executor) {
        List<Long> slots = new ArrayList<>();
        sample.cases().forEach(one -> slots.addAll(one.inputs()));
        DeviceBuffer inputs = DeviceBuffer.longs(
                "inputs", Access.IN, slots.stream().mapToLong(Long::longValue).toArray());
        DeviceBuffer outputs = DeviceBuffer.longs(
                "outputs", Access.INOUT, new long[sample.cases().size()]);
        Program program = new Program(
                new CudaSource(sample.name(), ""), sample.ptx(), "by hand", "", List.of(), Map.of("sample", "sample"));
        Call call = Call.of(
                "sample",
                Argument.pointer(inputs),
                Argument.pointer(outputs),
                Argument.i32(sample.cases().size()));
        RunOutcome outcome = Objects.requireNonNull(DEVICES.get(executor)).run(program, call, RunSettings.defaults());
        assertThat(outcome).as(sample.name()).isInstanceOf(RunOutcome.Completed.class);
        return Stream.of(outcome)
                .map(RunOutcome.Completed.class::cast)
                .map(completed -> completed.buffers().longs(outputs))
                .findFirst()
                .orElseThrow();
    }
}
