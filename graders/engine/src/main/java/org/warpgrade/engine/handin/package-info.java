/** What a class handed in: folders, archives and exports of learning platforms become files with an owner and a time. */
@NullMarked
package org.warpgrade.engine.handin;

import org.jspecify.annotations.NullMarked;
