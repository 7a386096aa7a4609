package org.warpgrade.gpu.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.warpgrade.gpu.FindingKind;
import org.warpgrade.gpu.Poison;
import org.warpgrade.gpu.cpu.Allocation.Origin;
import org.warpgrade.gpu.host.ProgramFault;
import org.warpgrade.gpu.ptx.typed.AddressMap;

class NearTests {

    private final DeviceMemory memory =
            new DeviceMemory(AddressMap.GLOBAL + (1 << 16), Poison.CD_BYTES, 1 << 20, false);
    private final Allocation first = memory.argument("first", 64, bytes(64), false);
    private final Allocation second = memory.argument("second", 10, bytes(10), false);
    private final Near near = new Near(memory);

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return bytes;
    }

    private void faults(long address, FindingKind kind, String words) {
        near.getInt(first.base());
        for (Runnable access : new Runnable[] {() -> near.getInt(address), () -> near.putInt(address, 7)}) {
            assertThatThrownBy(access::run)
                    .isInstanceOfSatisfying(
                            ProgramFault.class,
                            fault -> assertThat(fault.kind()).isEqualTo(kind))
                    .hasMessageContaining(words);
        }
        assertThat(first.data()).isEqualTo(bytes(64));
        assertThat(second.data()).isEqualTo(bytes(10));
    }

    @Nested
    class An_access_that_is_allowed {

        @Test
        void is_served_in_every_width_near_and_far() {
            for (Allocation allocation : new Allocation[] {first, second, first}) {
                long base = allocation.base();
                assertThat(near.getByte(base + 9)).isEqualTo(10);
                assertThat(near.getShort(base + 8)).isEqualTo(0x0A09);
                assertThat(near.getInt(base + 4)).isEqualTo(0x08070605);
                assertThat(near.getLong(base)).isEqualTo(0x0807060504030201L);
            }
        }

        @Test
        void writes_where_it_says_and_nowhere_else() {
            near.getInt(second.base());
            near.putByte(first.base() + 63, 0xAB);
            near.putShort(first.base() + 2, 0x1234);
            near.putInt(first.base() + 4, 0x55667788);
            near.putLong(first.base() + 8, -1);
            byte[] expected = bytes(64);
            expected[63] = (byte) 0xAB;
            Bytes.putShort(expected, 2, 0x1234);
            Bytes.putInt(expected, 4, 0x55667788);
            Bytes.putLong(expected, 8, -1);
            assertThat(first.data()).isEqualTo(expected);
            assertThat(second.data()).isEqualTo(bytes(10));
        }

        @Test
        void is_served_by_a_pointer_that_goes_back_and_forth_for_ever() {
            for (int i = 0; i < 1000; i++) {
                assertThat(near.getInt(first.base() + 4)).isEqualTo(0x08070605);
                assertThat(near.getInt(second.base() + 4)).isEqualTo(0x08070605);
                assertThat(near.allocation).isSameAs(second);
                assertThat(near.bytes).isSameAs(second.data());
            }
        }
    }

    @Nested
    class An_access_that_is_not_allowed_faults {

        @Test
        void before_the_start_and_past_the_end() {
            faults(first.base() - 4, FindingKind.OUT_OF_BOUNDS, "4 bytes before the start of first");
            faults(first.base() + 64, FindingKind.OUT_OF_BOUNDS, "0 bytes past the end of first (64 bytes)");
            faults(second.base() + 8, FindingKind.OUT_OF_BOUNDS, "across the end of second (10 bytes)");
        }

        @Test
        void misaligned() {
            faults(first.base() + 2, FindingKind.MISALIGNED, "first + 2 bytes, which is not a multiple of 4");
        }

        @Test
        void at_addresses_whose_low_bits_would_lie_in_the_allocation() {
            for (int bit = 32; bit < 64; bit++) {
                long forged = first.base() ^ 1L << bit;
                near.getInt(first.base());
                assertThatThrownBy(() -> near.getInt(forged)).isInstanceOf(ProgramFault.class);
                assertThatThrownBy(() -> near.putInt(forged, 7)).isInstanceOf(ProgramFault.class);
            }
            faults(4, FindingKind.OUT_OF_BOUNDS, "through a null pointer");
            faults(-4, FindingKind.OUT_OF_BOUNDS, "through a pointer that is no address");
            faults(Long.MIN_VALUE, FindingKind.OUT_OF_BOUNDS, "through a pointer that is no address");
        }

        @Test
        void wherever_a_restless_pointer_points() {
            for (int i = 0; i < 1000; i++) {
                near.getInt(first.base());
                near.getInt(second.base());
            }
            for (long bit = 1L << 32; bit != 0; bit <<= 1) {
                long address = bit;
                assertThatThrownBy(() -> near.getByte(address)).isInstanceOf(ProgramFault.class);
            }
            faults(first.base() + 64, FindingKind.OUT_OF_BOUNDS, "0 bytes past the end of first (64 bytes)");
        }

        @Test
        void before_there_was_any_other() {
            assertThatThrownBy(() -> near.getInt(0)).hasMessageContaining("through a null pointer");
            assertThatThrownBy(() -> near.getByte(1L << 62)).hasMessageContaining("no address");
        }
    }

    @Nested
    class Freed_memory {

        private final Allocation mine = java.util.Objects.requireNonNull(memory.allocate(64, Origin.HEAP, null));

        @Test
        void is_not_near_any_more() {
            near.putInt(mine.base(), 1);
            memory.free(mine.base(), Origin.HEAP);
            near.forget();
            faults(mine.base(), FindingKind.USE_AFTER_FREE, "malloc #1 after it was freed");
        }

        @Test
        void never_gives_its_address_to_other_memory() {
            memory.free(mine.base(), Origin.HEAP);
            Allocation next = java.util.Objects.requireNonNull(memory.allocate(64, Origin.HEAP, null));
            assertThat(next.base()).isNotEqualTo(mine.base());
        }

        @Test
        void is_nothing_to_aim_at() {
            memory.free(mine.base(), Origin.HEAP);
            near.aim(mine.base());
            assertThatThrownBy(() -> near.getInt(mine.base())).hasMessageContaining("after it was freed");
        }
    }
}
