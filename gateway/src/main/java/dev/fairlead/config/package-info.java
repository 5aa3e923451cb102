/// The machinery of keys: each is described once, and strictness, defaults, JSON Schema and reference page follow. Read
/// [Key] first.
@NullMarked
package dev.fairlead.config;

import org.jspecify.annotations.NullMarked;
