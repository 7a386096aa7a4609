// Bytes and zero-terminated text. NVRTC itself declares memcpy and memset.
#ifndef WARPGRADE_STRING_H
#define WARPGRADE_STRING_H

#include <warpgrade/library.h>
#include <stddef.h>

WARPGRADE_LIBRARY void* memmove(void* to, const void* from, size_t bytes) {
    char* target = (char*)to;
    const char* origin = (const char*)from;
    if (target < origin) {
        for (size_t i = 0; i < bytes; i++) target[i] = origin[i];
    } else {
        for (size_t i = bytes; i > 0; i--) target[i - 1] = origin[i - 1];
    }
    return to;
}
WARPGRADE_LIBRARY int memcmp(const void* a, const void* b, size_t bytes) {
    const unsigned char* left = (const unsigned char*)a;
    const unsigned char* right = (const unsigned char*)b;
    for (size_t i = 0; i < bytes; i++) {
        if (left[i] != right[i]) return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}
WARPGRADE_LIBRARY size_t strlen(const char* text) {
    size_t length = 0;
    while (text[length]) length++;
    return length;
}
WARPGRADE_LIBRARY int strcmp(const char* a, const char* b) {
    while (*a && *a == *b) a++, b++;
    return (int)(unsigned char)*a - (int)(unsigned char)*b;
}
WARPGRADE_LIBRARY int strncmp(const char* a, const char* b, size_t limit) {
    for (; limit > 0; limit--, a++, b++) {
        if (*a != *b || !*a) return (int)(unsigned char)*a - (int)(unsigned char)*b;
    }
    return 0;
}

WARPGRADE_LIBRARY char* strcpy(char* to, const char* from) {
    for (size_t i = 0; (to[i] = from[i]); i++) {}
    return to;
}
WARPGRADE_LIBRARY char* strncpy(char* to, const char* from, size_t limit) {
    size_t i = 0;
    for (; i < limit && from[i]; i++) to[i] = from[i];
    for (; i < limit; i++) to[i] = 0;
    return to;
}
WARPGRADE_LIBRARY char* strcat(char* to, const char* from) {
    strcpy(to + strlen(to), from);
    return to;
}
WARPGRADE_LIBRARY char* strchr(const char* text, int character) {
    for (;; text++) {
        if (*text == (char)character) return (char*)text;
        if (!*text) return (char*)0;
    }
}
WARPGRADE_LIBRARY char* strrchr(const char* text, int character) {
    char* last = (char*)0;
    for (;; text++) {
        if (*text == (char)character) last = (char*)text;
        if (!*text) return last;
    }
}
WARPGRADE_LIBRARY char* strstr(const char* text, const char* part) {
    size_t length = strlen(part);
    for (; strncmp(text, part, length) != 0; text++) {
        if (!*text) return (char*)0;
    }
    return (char*)text;
}

#endif
