/// How log lines look, and how many there may be. Log events of all parts come in; lines for people or machines go
/// to standard error, and of those that repeat each other only some, with the number of the others.
///
/// Read [Logs] first, then [BoundedAppender].
@NullMarked
package dev.fairlead.cli.log;

import org.jspecify.annotations.NullMarked;
