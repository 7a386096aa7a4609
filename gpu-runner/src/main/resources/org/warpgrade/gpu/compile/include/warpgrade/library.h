// Functions of the C library are templates, so that a program may define one of the same name and parameters itself, as it
// may with a real library: what is no template goes first.
#ifndef WARPGRADE_LIBRARY
#define WARPGRADE_LIBRARY template <class = void> static __inline__ __device__
#endif
