extern "C" void solve(float* data, int* ints, int n) {
    volatile int i = 0;
    while (true) i = i + 1;  // <- deadline
}
