extern "C" void solve(float* data, int* ints, int n) { if (data[0] > 100) ints[0] = 1; }  // <- host-dereferences-device-memory
