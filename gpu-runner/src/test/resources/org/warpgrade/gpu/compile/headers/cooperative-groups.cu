// Groups of every kind, reduce, scan, asynchronous copies.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
#include <cooperative_groups/memcpy_async.h>
#include <cuda_pipeline.h>
namespace cg = cooperative_groups;
using namespace cooperative_groups;
template <int N> __device__ float rs(cg::thread_block_tile<N> t, float v){ for(int i=t.size()/2;i;i/=2) v+=t.shfl_down(v,i); return v; }
__global__ void k(float* x, int n){ 
  __shared__ float s[64];
  cg::thread_block b = cg::this_thread_block(); auto w = cg::tiled_partition<32>(b); auto t8 = cg::tiled_partition<8>(w);
  float v = x[b.thread_rank()]; v = cg::reduce(w, v, cg::plus<float>()); if (w.thread_rank()==0) s[w.meta_group_rank()] = v; b.sync(); cg::sync(b);
  if (n > 3) { auto a = cg::coalesced_threads(); if (a.thread_rank()==0) atomicAdd(x, (float)a.size()); v += a.shfl(v, 0) + cg::reduce(a, n, cg::greater<int>()); }
  v += t8.shfl_xor(v, 1) + t8.ballot(v>0) + cg::inclusive_scan(w, v) + cg::exclusive_scan(t8, n, cg::plus<int>());
  cg::grid_group g = cg::this_grid(); x[g.thread_rank()] = v + s[0]; g.sync();
  cg::memcpy_async(b, s, x, 64*4); cg::wait(b);
  __pipeline_memcpy_async(s, x, 16); __pipeline_commit(); __pipeline_wait_prior(0); 
  thread_block_tile<16> t16 = tiled_partition<16>(this_thread_block()); x[1]=t16.any(n)+t16.match_any(n);
  auto l = cg::labeled_partition(w, n&3); x[2]=l.size()+b.group_index().x+cg::tiled_partition(b, 4).size();
}
