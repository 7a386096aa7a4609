// Makes what our standard headers put into std known as cuda::std, too; included by the headers of cuda/std.
#ifndef WARPGRADE_CUDA_STD_H
#define WARPGRADE_CUDA_STD_H

namespace std {}
namespace cuda {
namespace std {
using namespace ::std;
}
}

#endif
