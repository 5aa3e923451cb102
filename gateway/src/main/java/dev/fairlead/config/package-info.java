/// Files and environment to the records that each package owns; all faults reported at once.
@NullMarked
package dev.fairlead.config;

import org.jspecify.annotations.NullMarked;
