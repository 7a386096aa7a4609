// Every runtime call that RUNTIME_CALLS.md lists, from one entry.
__constant__ float cc[4]; float gg;
__global__ void kern(float*x,int n){ x[0]=cc[n]*INFINITY*M_PI+FLT_MAX; assert(n>0);}
extern "C" __host__ int e(float*x, float hh){ 
  float*y; cudaMalloc(&y,4); cudaError_t r=cudaDeviceSynchronize(); cudaDeviceReset(); cudaSetDevice(0); size_t a,b; cudaMemGetInfo(&a,&b);
  cudaDeviceProp p; cudaGetDeviceProperties(&p,0); if(p.multiProcessorCount>3) r=(cudaError_t)1;
  cudaMemset(x,0,4);cudaMemset2D(x,4,0,4,4);cudaMemcpy(x,y,4,cudaMemcpyDeviceToDevice);cudaMemcpy2D(x,4,y,4,4,4,cudaMemcpyDefault);
  cudaMemcpyToSymbol(cc,&hh,4); cudaMemcpyFromSymbol(&hh,gg,4); size_t pi; cudaMallocPitch(&y,&pi,4,4);
  cudaStream_t s; cudaStreamCreate(&s); cudaMallocAsync(&y,4,s); cudaFreeAsync(y,s); cudaStreamSynchronize(s); cudaStreamQuery(s); cudaEvent_t e1,e2; cudaEventCreate(&e1); cudaEventCreate(&e2); cudaEventRecord(e1); cudaEventRecord(e2,s); cudaEventSynchronize(e2); cudaEventQuery(e1); float ms; cudaEventElapsedTime(&ms,e1,e2); cudaEventDestroy(e1); cudaStreamDestroy(s);
  cudaStreamWaitEvent(s,e1,0);
  cudaFuncSetAttribute(kern,cudaFuncAttributeMaxDynamicSharedMemorySize,70000); cudaFuncSetCacheConfig(kern,cudaFuncCachePreferL1);
  int g,bl; cudaOccupancyMaxPotentialBlockSize(&g,&bl,kern,0,0); cudaOccupancyMaxActiveBlocksPerMultiprocessor(&g,kern,bl,0);
  cudaFuncAttributes fa; cudaFuncGetAttributes(&fa,kern);
  int n=3; void* args[]={&x,&n}; cudaLaunchKernel((void*)kern,dim3(2),dim3(3),args,0,s); cudaLaunchKernel(kern,2,3,args); cudaLaunchCooperativeKernel(kern,dim3(1),3,args);
  kern<<<1,2>>>(x,g+bl+fa.numRegs);
  if((r=cudaGetLastError())!=cudaSuccess){ fprintf(stderr,"e %s %s\n",cudaGetErrorString(r),cudaGetErrorName(cudaPeekAtLastError())); exit(1);}
  void*q=malloc(40); free(q); int*z=new int[n]; delete[] z; cudaMemsetAsync(x,0,4); cudaMemcpyAsync(x,y,4,cudaMemcpyDeviceToDevice); cudaFree(y);cudaGetDeviceCount(&n); cudaGetDevice(&n); cudaDeviceGetAttribute(&n,cudaDevAttrWarpSize,0); cudaRuntimeGetVersion(&n);
  return n;
}
