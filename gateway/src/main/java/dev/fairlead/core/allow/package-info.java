/// What callers may reach of what is open to them: contracts, origins of pages, user agents. In come lists and what a
/// request says; out comes whether they fit. Read [AllowLists] first, then [NamedContracts].
@NullMarked
package dev.fairlead.core.allow;

import org.jspecify.annotations.NullMarked;
