__global__ void kernel(const float* in) { const_cast<float*>(in)[threadIdx.x] = 3; }  // <- write-to-read-only
extern "C" void with_input(const float* in, float* data, int n) { kernel<<<1, 32>>>(in); }
