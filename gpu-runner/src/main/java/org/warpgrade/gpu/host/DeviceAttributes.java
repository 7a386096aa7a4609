package org.warpgrade.gpu.host;

/** {@code cudaDeviceGetAttribute} for the one device that programs see: compute capability 8.0 (numbers of A100). */
final class DeviceAttributes {

    private DeviceAttributes() {}

    /** The attribute's value by its number in {@code enum cudaDeviceAttr}; 0 for unknown ones. */
    static int value(int attribute) {
        return switch (attribute) {
            case 1 -> LaunchLimits.THREADS_PER_BLOCK;
            case 2, 3 -> LaunchLimits.BLOCK_XY;
            case 4 -> LaunchLimits.BLOCK_Z;
            case 5 -> Integer.MAX_VALUE;
            case 6, 7 -> LaunchLimits.GRID_YZ;
            case 8 -> LaunchLimits.SHARED_BYTES;
            case 9 -> 64 << 10;
            case 10 -> 32;
            case 11 -> Integer.MAX_VALUE;
            case 12 -> 65536;
            case 13 -> 1_410_000;
            case 16 -> 108;
            case 31 -> 1;
            case 36 -> 1_215_000;
            case 37 -> 5120;
            case 38 -> 40 << 20;
            case 39 -> 2048;
            case 41 -> 1;
            case 75 -> 8;
            case 76 -> 0;
            case 81 -> 164 << 10;
            case 82 -> 65536;
            case 95 -> 1;
            case 97 -> LaunchLimits.SHARED_BYTES_OPT_IN;
            case 106 -> 32;
            case 111 -> 1024;
            default -> 0;
        };
    }
}
