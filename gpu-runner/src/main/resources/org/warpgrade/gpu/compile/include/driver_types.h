// Part of the runtime's header.
#include <cuda_runtime.h>
