// Everything is in cuda_runtime.h, which is always there.
#include <cuda_runtime.h>
