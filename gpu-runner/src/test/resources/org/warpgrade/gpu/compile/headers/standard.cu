// The small standard headers together.
#include <cstddef>
#include <cstdint>
#include <climits>
#include <cfloat>
#include <cassert>
#include <cstring>
#include <cstdio>
#include <cstdlib>
#include <cmath>
#include <math_constants.h>
#include <type_traits>
#include <utility>
#include <algorithm>
#include <functional>
#include <limits>
#include <initializer_list>
#include <new>
#include <vector_types.h>
template <class T, class Op> __device__ T red(T a, T b, Op op) { return op(a,b); }
__global__ void k(float* x, int n){
  float m = -std::numeric_limits<float>::infinity(); float q = std::numeric_limits<float>::quiet_NaN();
  constexpr float lo = std::numeric_limits<float>::lowest(); constexpr int im = std::numeric_limits<int>::max();
  static_assert(std::is_same_v<std::decay_t<const float&>, float>); static_assert(std::is_same<std::make_unsigned_t<int>, unsigned>::value);
  static_assert(!std::numeric_limits<unsigned>::is_signed && std::numeric_limits<int>::is_signed);
  x[0] = std::max(m, x[1]) + std::min({1,2,3}) + std::sqrt(x[2]) + red(1.0f, 2.0f, std::plus<float>()) + red(1,2,std::greater<>()) + CUDART_INF_F + q + lo + im;
  std::swap(x[0], x[1]); float y = std::move(x[3]); std::pair<int,float> p{1,2.f}; x[4]=p.first+std::exchange(y,3.f);
  x[5] = std::is_floating_point<float>::value ? 1 : 0; std::fill(x, x+3, 1.f); int idx = std::lower_bound(x, x+n, 3.f)-x; uint64_t z = UINT64_MAX; x[6]=idx+(float)z; assert(std::isfinite(x[0])); std::printf("%d %s\n", n, "s"); std::memcpy(x, x+3, 8); x[3]=strlen("abc")+std::abs(-3.5f)+std::fabs(-2)+std::pow(x[1],2.0f)+memcmp(x,x+2,8);
  int a[3]={1,2,3}; std::reverse(a,a+3); x[7]=a[0]+std::clamp(n,1,3)+ (float)std::abs(n);
}
