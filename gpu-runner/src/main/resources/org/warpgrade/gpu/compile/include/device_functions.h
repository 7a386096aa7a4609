// NVRTC itself declares all of this.
#include <cuda_runtime.h>
