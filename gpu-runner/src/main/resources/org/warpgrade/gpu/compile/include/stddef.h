// Sizes and the null pointer; NVRTC itself declares size_t and NULL.
#ifndef WARPGRADE_STDDEF_H
#define WARPGRADE_STDDEF_H

typedef decltype(nullptr) nullptr_t;
typedef decltype((char*)0 - (char*)0) ptrdiff_t;
typedef struct {
    long long integer;
    double real;
} max_align_t;

#ifndef offsetof
#define offsetof(type, member) ((size_t) &reinterpret_cast<const volatile char&>(((type*)0)->member))
#endif

namespace std {
using ::max_align_t;
using ::nullptr_t;
using ::ptrdiff_t;
using ::size_t;
enum class byte : unsigned char {};
}

#endif
