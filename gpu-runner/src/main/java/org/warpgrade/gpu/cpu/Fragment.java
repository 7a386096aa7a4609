package org.warpgrade.gpu.cpu;

import org.warpgrade.gpu.ptx.typed.Op.MatrixSize;

/**
 * Where the elements of a matrix lie in the registers of a warp: element {@code e} of register {@code r} of a lane is the
 * matrix element in row {@link #row} and column {@link #column}.
 */
sealed interface Fragment {

    int row(int lane, int register, int element);

    int column(int lane, int register, int element);

    /**
     * The A operand of {@code mma.sync}, and its C and D with {@code perRegister = 2} (PTX ISA 9.7.14.5, all shapes with 8
     * or 16 rows): a group of four lanes holds row {@code lane / 4}, each lane a run of {@code perRegister} elements; the
     * next register holds the row eight below, and after the last row the next columns.
     */
    record Rows(int rows, int perRegister) implements Fragment {

        @Override
        public int row(int lane, int register, int element) {
            return (lane >> 2) + (rows == 16 ? (register & 1) * 8 : 0);
        }

        @Override
        public int column(int lane, int register, int element) {
            int block = rows == 16 ? register >> 1 : register;
            return ((lane & 3) + block * 4) * perRegister + element;
        }
    }

    /** The B operand of {@code mma.sync}, eight columns wide: a group of four lanes holds column {@code lane / 4}. */
    record Columns(int perRegister) implements Fragment {

        @Override
        public int row(int lane, int register, int element) {
            return ((lane & 3) + register * 4) * perRegister + element;
        }

        @Override
        public int column(int lane, int register, int element) {
            return lane >> 2;
        }
    }

    /** C and D of {@code mma.sync}, of types that fill a register: a row's neighbours are in neighbouring registers. */
    record Pairs() implements Fragment {

        @Override
        public int row(int lane, int register, int element) {
            return (lane >> 2) + (register >> 1) * 8;
        }

        @Override
        public int column(int lane, int register, int element) {
            return (lane & 3) * 2 + (register & 1);
        }
    }

    /**
     * Fragments of {@code wmma}, whose layout the ISA leaves open: row by row, a run of elements in each lane. Halves have
     * more registers than the matrix has elements; then lanes further on hold them again, as on hardware.
     */
    record Opaque(MatrixSize size, int perRegister, int registers) implements Fragment {

        private int at(int lane, int register, int element) {
            int slot = (lane * registers + register) * perRegister + element;
            return slot % (size.rows() * size.columns());
        }

        @Override
        public int row(int lane, int register, int element) {
            return at(lane, register, element) / size.columns();
        }

        @Override
        public int column(int lane, int register, int element) {
            return at(lane, register, element) % size.columns();
        }
    }
}
