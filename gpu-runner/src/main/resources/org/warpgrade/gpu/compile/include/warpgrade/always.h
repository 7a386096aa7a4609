// std::min, std::max and std::swap, which <cmath> brings with it, so that every CUDA program has them.
#ifndef WARPGRADE_ALWAYS_H
#define WARPGRADE_ALWAYS_H

#include <initializer_list>

namespace std {

template <class T>
__device__ constexpr void swap(T& a, T& b) {
    T kept = static_cast<T&&>(a);
    a = static_cast<T&&>(b);
    b = static_cast<T&&>(kept);
}
template <class T, size_t n>
__device__ constexpr void swap(T (&a)[n], T (&b)[n]) {
    for (size_t i = 0; i < n; i++) swap(a[i], b[i]);
}
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
