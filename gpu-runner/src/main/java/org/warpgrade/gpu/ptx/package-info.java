/** PTX as text and as a tree: lexer, parser, and the records of the tree (PTX ISA 8.5, chapters 4 and 5). */
@NullMarked
package org.warpgrade.gpu.ptx;

import org.jspecify.annotations.NullMarked;
