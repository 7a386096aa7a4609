// Both sixteen-bit headers in one file.
#include <cuda_fp16.h>
#include <cuda_bf16.h>
__global__ void k(half*a, nv_bfloat16*b){ a[0]=__float2half(__bfloat162float(b[0])); b[0]=b[1]+b[2]; a[1]=a[0]*a[2]; }
