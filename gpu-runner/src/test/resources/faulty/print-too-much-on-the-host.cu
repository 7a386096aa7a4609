extern "C" void solve(float* data, int* ints, int n) {
    for (int i = 0; i < 4000; ++i) printf("still working on step %d of the computation\n", i);  // <- warning:print-budget
}
