// NVRTC itself declares memcpy, memset, memcmp, memmove and the str functions it can inline.
#ifndef WARPGRADE_STRING_H
#define WARPGRADE_STRING_H

#include <stddef.h>

#endif
