/// Texts as operators write them and read them, in the file and in orders alike: lengths of time, rates, places of
/// keys.
/// Read [CallRates] first.
@NullMarked
package dev.fairlead.core.text;

import org.jspecify.annotations.NullMarked;
