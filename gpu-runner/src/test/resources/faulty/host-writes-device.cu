extern "C" void solve(float* data, int* ints, int n) { for (int i = 0; i < n; ++i) data[i] = 0; }  // <- host-dereferences-device-memory
