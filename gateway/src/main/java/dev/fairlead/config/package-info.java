/// The machinery of keys: each is described once, and strictness, defaults, JSON Schema, reference page and what a
/// reload changes follow. A value of the file comes in; out comes a typed value, or a fault that says why there is
/// none.
///
/// Read [ValueType] first, what one value may be; then [Key], one such value with a name in a record, and [Table], the
/// keys of a whole record. Each knows only those before it.
@NullMarked
package dev.fairlead.config;

import org.jspecify.annotations.NullMarked;
