// Functions of integers and of mixed arguments compute in double, as C++ has it.
#include <cmath>
constexpr float inf = -INFINITY; __constant__ float cn = NAN;
__global__ void k(float*x,int n, size_t s){ x[0]=pow(2.f,n)+pow(x[2],2)+max(n,3u)+sqrt(n)+pow(2,n)+log2(n)+pow(x[0],x[1])+pow(x[0],2.0)+ceil(n/2)+fmax(0, x[1])+fmax(n,n)+pow(n,2.5)+pow(2.5,n)+pow(n,2.5f)+std::sqrt(n)+std::floor(s)+std::pow(2,n)+floor(x[1])+sqrt(2.0)+inf+cn;
 static_assert(sizeof(floor(x[1]))==4); static_assert(sizeof(pow(x[0],x[1]))==4); x[1]=abs(n)+abs(x[1])+fabs(x[1]); x[3]=exp(-x[1]); float m=-INFINITY; m=fmaxf(m,x[2]); x[4]=m; x[5]=log(2)+isinf(m)+fmin(x[1],3); }
