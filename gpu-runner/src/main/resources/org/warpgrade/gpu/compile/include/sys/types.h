// The short names of unsigned integers that the C library has beside those of stdint.h.
#ifndef WARPGRADE_SYS_TYPES_H
#define WARPGRADE_SYS_TYPES_H

#include <stddef.h>

typedef unsigned int uint;
typedef unsigned short ushort;
typedef unsigned long ulong;
typedef unsigned int u_int;
typedef unsigned char u_char;
typedef long ssize_t;
typedef long time_t;

#endif
