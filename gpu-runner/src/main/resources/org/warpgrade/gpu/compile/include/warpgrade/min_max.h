// std::min and std::max, which the C library's headers bring with them, whatever a program includes.
#ifndef WARPGRADE_MIN_MAX_H
#define WARPGRADE_MIN_MAX_H

#include <initializer_list>

namespace std {

template <class T>
__device__ constexpr const T& min(const T& a, const T& b) {
    return b < a ? b : a;
}
template <class T, class Less>
__device__ constexpr const T& min(const T& a, const T& b, Less less) {
    return less(b, a) ? b : a;
}
template <class T>
__device__ constexpr const T& max(const T& a, const T& b) {
    return a < b ? b : a;
}
template <class T, class Less>
__device__ constexpr const T& max(const T& a, const T& b, Less less) {
    return less(a, b) ? b : a;
}
template <class T>
__device__ constexpr T min(initializer_list<T> values) {
    const T* best = values.begin();
    for (const T* value = best; value != values.end(); ++value) best = *value < *best ? value : best;
    return *best;
}
template <class T>
__device__ constexpr T max(initializer_list<T> values) {
    const T* best = values.begin();
    for (const T* value = best; value != values.end(); ++value) best = *best < *value ? value : best;
    return *best;
}

}

#endif
