/// What commands print and return.
@NullMarked
package dev.fairlead.cli.console;

import org.jspecify.annotations.NullMarked;
