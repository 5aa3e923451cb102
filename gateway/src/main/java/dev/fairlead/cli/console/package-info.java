/// What all commands print and return: tables, JSON, spans of time, exit codes. Values come in, texts go out.
///
/// Read [Output] first.
@NullMarked
package dev.fairlead.cli.console;

import org.jspecify.annotations.NullMarked;
