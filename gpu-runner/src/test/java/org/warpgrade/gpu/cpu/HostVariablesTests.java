package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.warpgrade.gpu.Argument;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.DeviceBuffer;
import org.warpgrade.gpu.DeviceBuffer.Access;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Completed;
import org.warpgrade.gpu.RunOutcome.Faulted;
import org.warpgrade.gpu.RunSettings;

/** Static variables of host functions are host memory, as in CUDA, and forget everything between two runs. */
class HostVariablesTests {

    private static RunOutcome run(Executor executor, String text, DeviceBuffer out) {
        return Kernels.runText(executor, text, Call.of("solve", Argument.pointer(out)), RunSettings.defaults());
    }

    private static int[] resultsOf(Executor executor, String text) {
        DeviceBuffer out = ints();
        RunOutcome outcome = run(executor, text, out);
        assertThat(outcome).isInstanceOf(Completed.class);
        return ((Completed) outcome).buffers().ints(out);
    }

    private static FindingKind faultOf(String text) {
        RunOutcome outcome = run(Executor.LANE_LOOPS, text, ints());
        assertThat(outcome).isInstanceOf(Faulted.class);
        return ((Faulted) outcome).fault().kind();
    }

    private static DeviceBuffer ints() {
        return DeviceBuffer.ints("out", Access.INOUT, new int[4], 4);
    }

    @ParameterizedTest
    @EnumSource(Executor.class)
    void host_code_reads_and_writes_its_static_variables(Executor executor) {
        String text = """
                __global__ void put(int* out, int a, int b, int c) { out[0] = a; out[1] = b; out[2] = c; }
                static int next() { static int calls = 40; return ++calls; }
                extern "C" void solve(int* out) {
                    static int threads = 0;
                    static int table[3] = {1, 2, 3};
                    if (threads == 0) cudaDeviceGetAttribute(&threads, cudaDevAttrMaxThreadsPerBlock, 0);
                    table[1] += next() + next();
                    put<<<1, 1>>>(out, threads, table[1], table[2]);
                }
                """;
        for (int i = 0; i < 2; i++) {
            assertThat(resultsOf(executor, text)).startsWith(1024, 2 + 41 + 42, 3);
        }
    }

    @Test
    void a_kernel_that_gets_the_address_of_one_faults() {
        String text = """
                __global__ void look(int* out, const int* p) { out[0] = *p; }
                extern "C" void solve(int* out) { static int own = 7; own++; look<<<1, 1>>>(out, &own); }
                """;

        assertThat(faultOf(text)).isEqualTo(FindingKind.KERNEL_DEREFERENCES_HOST_MEMORY);
    }

    @Test
    void what_a_kernel_uses_too_is_the_devices() {
        String text = """
                static __host__ __device__ int* shared_by_both() { static int both = 5; return &both; }
                __global__ void look(int* out) { out[0] = *shared_by_both(); }
                extern "C" void solve(int* out) { *shared_by_both() = 6; look<<<1, 1>>>(out); }
                """;

        assertThat(faultOf(text)).isEqualTo(FindingKind.HOST_DEREFERENCES_DEVICE_MEMORY);
    }

    @ParameterizedTest
    @EnumSource(Executor.class)
    void of_the_file_are_the_hosts_if_nothing_says_otherwise(Executor executor) {
        String text = """
                static int* scratch = nullptr;
                int calls;
                namespace app { namespace { int table[3] = {10, 20, 30}; } }
                const char* names[2] = {"seven", "eight"};
                __device__ int onDevice = 5;
                static __constant__ int factors[2] = {2, 3};
                __global__ void put(int* out, const int* s, int a, int b, int c) {
                    out[0] = s[0]; out[1] = a; out[2] = b; out[3] = c + onDevice * factors[1];
                }
                extern "C" void solve(int* out) {
                    if (scratch == nullptr) cudaMalloc(&scratch, 4);
                    cudaMemset(scratch, 1, 4);
                    calls++;
                    app::table[calls] += 2;
                    int set = 9;
                    cudaMemcpyToSymbol(onDevice, &set, sizeof(int));
                    put<<<1, 1>>>(out, scratch, calls, app::table[1] + app::table[2], names[calls][2]);
                    cudaFree(scratch);
                    scratch = nullptr;
                }
                """;
        for (int i = 0; i < 2; i++) {
            DeviceBuffer out = ints();
            assertThat(run(executor, text, out)).isInstanceOfSatisfying(Completed.class, completed -> {
                assertThat(completed.buffers().ints(out)).containsExactly(0x01010101, 1, 22 + 30, 'g' + 27);
                assertThat(completed.trace().findings()).isEmpty();
            });
        }
    }

    @Test
    void a_variable_of_the_device_stays_there_though_no_kernel_names_it() {
        String text = """
                __device__ int cells[4];
                __global__ void look(int* out, int* cells) { cells[1] += 3; out[0] = cells[1]; }
                extern "C" void solve(int* out) {
                    int* p;
                    cudaGetSymbolAddress((void**) &p, cells);
                    look<<<1, 1>>>(out, p);
                }
                """;

        assertThat(resultsOf(Executor.LANE_LOOPS, text)).startsWith(3);
    }

    @Test
    void host_code_that_writes_a_variable_of_the_device_faults() {
        String text = """
                #define DEVICE __device__
                DEVICE int cell;
                __global__ void look(int* out, const int* cell) { out[0] = *cell; }
                extern "C" void solve(int* out) { cell = 3; look<<<1, 1>>>(out, &cell); }
                """;

        assertThat(faultOf(text)).isEqualTo(FindingKind.HOST_DEREFERENCES_DEVICE_MEMORY);
    }

    @Test
    void tables_and_texts_that_the_compiler_makes_for_host_code_are_the_hosts() {
        String text = """
                __global__ void put(int* out, int a, int b) { out[0] = a; out[1] = b; }
                static int sum(const int* values, int n) { int s = 0; for (int i = 0; i < n; i++) s += values[i]; return s; }
                extern "C" void solve(int* out) {
                    int device = 0;
                    cudaGetDevice(&device);
                    int sizes[40] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7};
                    sizes[device + 39] = 11;
                    const char* text = device == 0 ? "a text" : "another";
                    printf("%s\\n", text);
                    put<<<1, 1>>>(out, sum(sizes, 40 - device), text[device + 2]);
                }
                """;

        assertThat(resultsOf(Executor.LANE_LOOPS, text)).startsWith(141 + 11, 't');
    }

    @ParameterizedTest
    @EnumSource(Executor.class)
    void a_kernel_that_calls_through_a_pointer_reaches_only_functions_whose_address_is_taken(Executor executor) {
        String text = """
                static int drawn = 40;
                static int draw() { return ++drawn; }
                __device__ int twice(int x) { return 2 * x; }
                typedef int (*Function)(int);
                __device__ Function pointer = twice;
                __global__ void apply(int* out, Function f, int x) { out[0] = f(x); }
                extern "C" void solve(int* out) {
                    Function f;
                    cudaMemcpyFromSymbol(&f, pointer, sizeof f);
                    apply<<<1, 1>>>(out, f, draw());
                }
                """;
        assertThat(resultsOf(executor, text)).startsWith(82);
    }
}
