/// How log lines look, and how many there may be.
@NullMarked
package dev.fairlead.cli.log;

import org.jspecify.annotations.NullMarked;
