/// The commands: what a person types, and what it prints.
@NullMarked
package dev.fairlead.cli;

import org.jspecify.annotations.NullMarked;
