package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.warpgrade.gpu.Call;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.RunOutcome;
import org.warpgrade.gpu.RunOutcome.Faulted;
import org.warpgrade.gpu.RunSettings;

/** What host code may use of the C library, with the values that it gives on Linux. */
class HostLibraryTests {

    private static String printed(String text) {
        RunOutcome outcome = run(text);
        assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
        assertThat(outcome.trace().findings()).isEmpty();
        return outcome.trace().printed();
    }

    private static RunOutcome run(String text) {
        return Kernels.runText(Executor.LANE_LOOPS, text, Call.of("solve"), RunSettings.defaults());
    }

    /** The numbers were printed by a C program with the GNU C library 2.36. */
    @Test
    void random_numbers_are_those_of_the_c_library() {
        assertThat(printed("""
                #include <stdlib.h>
                extern "C" void solve() {
                    for (int i = 0; i < 4; i++) printf("%d ", rand());
                    srand(42);
                    for (int i = 0; i < 4; i++) printf("%d ", rand());
                    srand(3000000000u);
                    for (int i = 0; i < 4; i++) printf("%d ", rand());
                    srand(0);
                    for (int i = 0; i < 2; i++) printf("%d ", rand());
                    srand48(7);
                    for (int i = 0; i < 3; i++) printf("%.17g ", drand48());
                }
                """))
                .isEqualTo("1804289383 846930886 1681692777 1714636915 71876166 708592740 1483128881 907283241 "
                        + "2058147116 854483408 922419988 286396165 1804289383 846930886 "
                        + "0.2664441967654092 0.68203523019062118 0.26549059342699977 ");
    }

    @Test
    void sorting_searching_numbers_and_texts() {
        assertThat(printed("""
                #include <cstdlib>
                #include <cstring>
                static int ascending(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }
                extern "C" void solve() {
                    srand(5);
                    int values[200], wrong = 0;
                    for (int i = 0; i < 200; i++) values[i] = rand() % 90 - 30;
                    qsort(values, 200, sizeof(int), ascending);
                    for (int i = 1; i < 200; i++) wrong += values[i - 1] > values[i];
                    int key = values[77];
                    int* found = (int*)std::bsearch(&key, values, 200, sizeof(int), ascending);
                    int missing = 1000;
                    printf("%d %d %d ", wrong, *found == key, bsearch(&missing, values, 200, sizeof(int), ascending) == 0);
                    printf("%d %lld %g %g ", atoi("  -42x"), atoll("9223372036854775807"), atof("-2.5e-3"), atof("12"));
                    char text[32] = "warp";
                    strcat(text, "grade");
                    printf("%s %s %s %s ", text, strstr(text, "gr"), strchr(text, 'p'), strrchr(text, 'r'));
                    int* grown = (int*)realloc(0, 8);
                    grown[1] = 17;
                    grown = (int*)realloc(grown, 80000);
                    void* aligned;
                    posix_memalign(&aligned, 256, 1000);
                    printf("%d %d %d", grown[1], (int)((size_t)aligned % 256), (int)((size_t)aligned_alloc(64, 128) % 64));
                }
                """))
                .isEqualTo("0 1 1 -42 9223372036854775807 -0.0025 12 warpgrade grade pgrade rade 17 0 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "std::sqrt(2.0f)",
                "std::fabs(-1.5) + std::abs(-2) + std::max(1, 2) + std::min(1.0f, 2.0f)",
                "(uint)3 + (ushort)4 + (ulong)5",
                "std::isfinite(1.0f) + rand() / (float)RAND_MAX"
            })
    void a_file_without_includes_has_what_nvcc_gives_it(String expression) {
        assertThat(printed("extern \"C\" void solve() { printf(\"%s\", (double)(" + expression
                        + ") > 0 ? \"yes\" : \"no\"); }"))
                .isEqualTo("yes");
    }

    @Test
    void the_time_of_day_is_always_the_same_and_clocks_go_on() {
        assertThat(printed("""
                #include <ctime>
                #include <sys/time.h>
                extern "C" void solve() {
                    timespec a, b;
                    timeval day;
                    clock_gettime(CLOCK_MONOTONIC, &a);
                    clock_gettime(CLOCK_MONOTONIC, &b);
                    gettimeofday(&day, NULL);
                    bool on = b.tv_sec > a.tv_sec || b.tv_sec == a.tv_sec && b.tv_nsec > a.tv_nsec;
                    srand(time(NULL));
                    printf("%d %d %ld", on, day.tv_sec >= a.tv_sec, (long)std::time(0));
                }
                """)).isEqualTo("1 1 1767225600");
    }

    @Test
    void pinned_memory_is_host_memory() {
        assertThat(printed("""
                __global__ void twice(int* x) { x[threadIdx.x] *= 2; }
                extern "C" void solve() {
                    int *pinned, *device;
                    cudaMallocHost(&pinned, 4 * sizeof(int));
                    cudaMalloc(&device, 4 * sizeof(int));
                    for (int i = 0; i < 4; i++) pinned[i] = i + 1;
                    cudaMemcpy(device, pinned, 4 * sizeof(int), cudaMemcpyHostToDevice);
                    twice<<<1, 4>>>(device);
                    cudaMemcpy(pinned, device, 4 * sizeof(int), cudaMemcpyDeviceToHost);
                    for (int i = 0; i < 4; i++) printf("%d ", pinned[i]);
                    cudaFreeHost(pinned);
                    cudaFree(device);
                }
                """)).isEqualTo("2 4 6 8 ");
    }

    @Test
    void a_kernel_that_calls_the_hosts_library_is_told_so() {
        RunOutcome outcome = run("""
                __global__ void k(int* x) { *x = rand(); }
                extern "C" void solve() {
                    int* x;
                    cudaMalloc(&x, 4);
                    k<<<1, 1>>>(x);
                }
                """);
        assertThat(outcome).isInstanceOf(Faulted.class);
        assertThat(((Faulted) outcome).fault().kind()).isEqualTo(FindingKind.API_MISUSE);
        assertThat(((Faulted) outcome).fault().message())
                .isEqualTo("a kernel calls rand, which only host code may do here");
    }

    @Test
    void host_code_has_the_stack_of_a_linux_program() {
        String text =
                "extern \"C\" void solve() { char all[%s << 20]; memset(all, 1, 99); printf(\"%%d\", all[rand() %% 99]); }";
        assertThat(printed(String.format(text, 7))).isEqualTo("1");
        RunOutcome tooMuch = run(String.format(text, 9));
        assertThat(tooMuch).isInstanceOf(Faulted.class);
        assertThat(((Faulted) tooMuch).fault().message())
                .isEqualTo(
                        "the stack of host code grew past 8 MiB: does the recursion end, and can large arrays be static or malloc'ed?");
    }

    @Test
    void texts_are_formatted_as_printf_prints_them() {
        assertThat(printed("""
                #include <cstdio>
                extern "C" void solve() {
                    char text[32], small[6];
                    int length = sprintf(text, "%c%d %.2f %s|%lld", 'a', (short)-7, 1.005f, "warp", 1LL << 40);
                    int needed = std::snprintf(small, sizeof small, "%s-%d", "grade", 42);
                    printf("%s %d %s %d %d", text, length, small, needed, snprintf(NULL, 0, "%d%%", 100));
                }
                """)).isEqualTo("a-7 1.00 warp|1099511627776 27 grade 8 4");
    }

    private static final String MANAGED = """
            __global__ void twice(int* x, int n) {
                int i = blockIdx.x * blockDim.x + threadIdx.x;
                if (i < n) x[i] *= 2;
            }
            extern "C" void solve() {
                const int n = 100;
                int *x, *y, sum = 0;
                cudaMallocManaged(&x, n * sizeof(int));
                cudaMallocManaged(&y, n * sizeof(int));
                for (int i = 0; i < n; i++) x[i] = i;
                twice<<<1, 128>>>(x, n);
                %s
                for (int i = 0; i < n; i++) sum += x[i];
                x[7] = 1000;
                cudaMemcpy(y, x, n * sizeof(int), cudaMemcpyDefault);
                twice<<<1, 128>>>(y, n);
                cudaDeviceSynchronize();
                printf("%%d %%d %%d", sum, y[7], y[99]);
                cudaFree(x);
                cudaFree(y);
            }
            """;

    @Test
    void managed_memory_is_read_and_written_on_both_sides() {
        assertThat(printed(String.format(MANAGED, "cudaDeviceSynchronize();"))).isEqualTo("9900 2000 396");
    }

    @Test
    void managed_variables_are_read_and_written_on_both_sides() {
        assertThat(printed("""
                __managed__ int total = 5, values[4];
                __global__ void add() { atomicAdd(&total, values[threadIdx.x]); values[threadIdx.x] = -1; }
                extern "C" void solve() {
                    for (int i = 0; i < 4; i++) values[i] = i + 1;
                    add<<<1, 4>>>();
                    cudaDeviceSynchronize();
                    printf("%d %d", total, values[3]);
                    total = 100;
                    add<<<1, 4>>>();
                    cudaDeviceSynchronize();
                    printf(" %d", total);
                }
                """)).isEqualTo("15 -1 96");
    }

    @Test
    void managed_memory_that_a_kernel_may_be_at_work_on_is_not_for_host_code() {
        RunOutcome outcome = run(String.format(MANAGED, ""));
        assertThat(outcome).isInstanceOf(Faulted.class);
        assertThat(((Faulted) outcome).fault().at()).hasToString("test.cu:13");
        assertThat(((Faulted) outcome).fault().message())
                .isEqualTo(
                        "host code reads managed memory while twice, launched at line 11, may still be at work on it:"
                                + " call cudaDeviceSynchronize() first");
    }

    /** With the device's library the first three are 2, 2047 and 2: right in a kernel, wrong in host code. */
    @Test
    void the_mathematics_of_host_code_is_the_hosts() {
        assertThat(printed("""
                #include <cmath>
                extern "C" void solve() {
                    volatile int eight = 8, two = 2, eleven = 11;
                    volatile float f = 2.0f;
                    printf("%d %d %d ", (int)log2(eight), (int)pow(two, eleven), (int)std::pow(3, eight / 8));
                    int wrong = 0;
                    for (int i = 0; i < 63; i++) {
                        wrong += log2((double)(1LL << i)) != i || exp2((double)i) != (double)(1LL << i);
                        wrong += i < 20 && (pow(3, i) != (double)(long long)(pow(3, i)) || log10(pow(10, i)) != i);
                    }
                    printf("%d %.9g %.9g %.17g %s", wrong, powf(10000.0f, f / 64), std::exp(f), ::atan2(1, two),
                           sizeof(std::sin(f)) == 4 ? "float" : "double");
                }
                """)).isEqualTo("3 2048 3 0 1.33352149 7.38905621 0.46364760900080609 float");
    }

    @Test
    void a_mistake_in_a_call_is_told_by_the_name_that_was_written() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> Kernels.programOf("extern \"C\" void solve() { double x = pow(2, \"a\"); }")))
                .hasMessageContaining("\"pow\"")
                .hasMessageContaining("double x = pow(2, \"a\");")
                .hasMessageNotContaining("_ow");
    }

    @Test
    void the_standard_librarys_algorithms_arrays_and_tuples() {
        assertThat(printed("""
                #include <algorithm>
                #include <array>
                #include <iterator>
                #include <numeric>
                #include <tuple>
                #include <type_traits>
                struct Pair { int key, place; };
                extern "C" void solve() {
                    int values[300], wrong = 0;
                    Pair pairs[300];
                    srand(3);
                    for (int i = 0; i < 300; i++) pairs[i] = Pair{rand() % 10, i}, values[i] = rand() % 1000;
                    std::stable_sort(pairs, pairs + 300, [](const Pair& a, const Pair& b) { return a.key < b.key; });
                    std::sort(std::begin(values), std::end(values));
                    for (int i = 1; i < 300; i++) {
                        wrong += values[i - 1] > values[i] || pairs[i - 1].key > pairs[i].key
                                || pairs[i - 1].key == pairs[i].key && pairs[i - 1].place > pairs[i].place;
                    }
                    std::sort(values, values + 300, [](int a, int b) { return a > b; });
                    printf("%d %d ", wrong, std::is_sorted(values, values + 300, [](int a, int b) { return a > b; }));
                    std::array<int, 5> five;
                    std::iota(five.begin(), five.end(), 3);
                    std::swap(five[0], five.back());
                    printf("%d %d %d ", std::accumulate(five.begin(), five.end(), 0), five[0], (int)std::size(five));
                    int sums[5];
                    std::partial_sum(five.begin(), five.end(), sums);
                    std::transform(sums, sums + 5, sums, [](int x) { return x + 1; });
                    printf("%d %d %d ", sums[4], (int)std::count(sums, sums + 5, 8), std::gcd(36, 24));
                    auto all = std::make_tuple(1, 2.5f, 'c');
                    int one;
                    float two;
                    char three;
                    std::tie(one, two, three) = all;
                    printf("%d %g %c %g ", one, two, three, std::get<1>(all));
                    std::aligned_storage<sizeof(Pair), 8>::type room;
                    printf("%d", (int)sizeof room);
                }
                """)).isEqualTo("0 1 25 7 5 26 1 12 1 2.5 c 2.5 8");
    }

    @Test
    void a_program_may_define_functions_of_the_library_itself() {
        assertThat(printed("""
                #include <cstdlib>
                #include <cstring>
                #define RAND_MAX 2147483647
                static unsigned state = 1;
                void srand(unsigned seed) { state = seed; }
                int rand() { return (int)(state = state * 5 + 1); }
                int atoi(const char* text) { return -1; }
                size_t strlen(const char* text) { return 99; }
                extern "C" void solve() {
                    srand(3);
                    printf("%d %d %d %d", rand(), std::abs(-2), atoi("7"), (int)strlen("a"));
                }
                """)).isEqualTo("16 2 -1 99");
    }

    @Test
    void much_managed_memory_costs_nothing_until_host_code_looks() {
        String text = """
                __global__ void set(char* x, size_t n) { x[n - 1] = 5; }
                extern "C" void solve() {
                    char *a, *b;
                    size_t n = 200 << 20;
                    cudaMallocManaged(&a, n);
                    cudaMallocManaged(&b, 1 << 20);
                    set<<<1, 1>>>(a, n);
                    set<<<1, 1>>>(b, 1 << 20);
                    cudaDeviceSynchronize();
                    printf("%%d", b[(1 << 20) - 1] %s);
                    cudaFree(a);
                    cudaFree(b);
                }
                """;
        assertThat(printed(String.format(text, ""))).isEqualTo("5");
        RunOutcome tooMuch = run(String.format(text, "+ a[n - 1]"));
        assertThat(tooMuch).isInstanceOf(Faulted.class);
        assertThat(((Faulted) tooMuch).fault().message())
                .isEqualTo("host code uses more than 128 MiB of managed memory");
    }

    @Test
    void vectors_grow_shrink_and_are_copied_to_the_device() {
        assertThat(printed("""
                #include <algorithm>
                #include <numeric>
                #include <vector>
                struct Named {
                    static int& alive() { static int count = 0; return count; }
                    int number;
                    Named(int n) : number(n) { alive()++; }
                    Named(const Named& other) : number(other.number) { alive()++; }
                    ~Named() { alive()--; }
                };
                __global__ void twice(int* values, int n) { if (threadIdx.x < n) values[threadIdx.x] *= 2; }
                extern "C" void solve() {
                    std::vector<int> values = {5, 3, 9};
                    for (int i = 0; i < 40; i++) values.push_back(100 - i);
                    values.insert(values.begin() + 1, 77);
                    values.erase(values.begin(), values.begin() + 1);
                    std::sort(values.begin(), values.end());
                    printf("%d %d %d %d; ", (int)values.size(), values.front(), values[2], values.back());
                    std::vector<int> copy(values);
                    copy.resize(50, -1);
                    copy.at(0) += 4;
                    printf("%d %d %d; ", copy[49], copy[0], copy == values);
                    std::vector<std::vector<float>> rows(3, std::vector<float>(4, 0.5f));
                    rows[1][2] = 2.0f;
                    rows.emplace_back(2, 8.0f);
                    float sum = 0;
                    for (const auto& row : rows) sum = std::accumulate(row.begin(), row.end(), sum);
                    printf("%g; ", sum);
                    {
                        std::vector<Named> named;
                        for (int i = 0; i < 10; i++) named.emplace_back(i);
                        named.erase(named.begin() + 2);
                        named.insert(named.begin(), Named(42));
                        named.pop_back();
                        printf("%d %d %d %d; ", (int)named.size(), named[0].number, named[3].number, Named::alive());
                    }
                    printf("%d; ", Named::alive());
                    int* device;
                    cudaMalloc(&device, values.size() * sizeof(int));
                    cudaMemcpy(device, values.data(), values.size() * sizeof(int), cudaMemcpyHostToDevice);
                    twice<<<1, 64>>>(device, (int)values.size());
                    std::vector<int> result(values.size());
                    cudaMemcpy(result.data(), device, result.size() * sizeof(int), cudaMemcpyDeviceToHost);
                    cudaFree(device);
                    printf("%d", result[2] + result[result.size() - 1]);
                }
                """)).isEqualTo("43 3 61 100; -1 7 0; 23.5; 9 42 3 9; 0; 322");
    }

    @Test
    void kernels_have_no_vectors() {
        RunOutcome outcome = run("""
                #include <vector>
                __global__ void kernel(int* out) {
                    std::vector<int> values(3, 7);
                    out[threadIdx.x] = values[threadIdx.x % 3];
                }
                extern "C" void solve() {
                    int* out;
                    cudaMalloc(&out, 128);
                    kernel<<<1, 32>>>(out);
                    cudaFree(out);
                }
                """);
        assertThat(outcome).isInstanceOf(Faulted.class);
        assertThat(((Faulted) outcome).fault().message())
                .isEqualTo("a kernel calls std::vector, which only host code may do here");
    }
}
