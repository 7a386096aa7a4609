__global__ void make(int** lists, const int* ints) {
    int* list = new int[4];
    for (int i = 0; i < 4; ++i) list[i] = ints[threadIdx.x] + i;
    lists[threadIdx.x] = list;
}
__global__ void use(int** lists, int* ints) {
    ints[threadIdx.x] = lists[threadIdx.x][3];
    delete[] lists[threadIdx.x];
}
extern "C" void solve(float* data, int* ints, int n) {
    int** lists;
    cudaMalloc(&lists, 32 * sizeof(int*));
    make<<<1, 32>>>(lists, ints);
    use<<<1, 32>>>(lists, ints);
    cudaFree(lists);
}
