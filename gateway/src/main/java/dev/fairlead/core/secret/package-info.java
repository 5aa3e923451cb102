/// Texts without secrets: what comes in is a text of a node, a library or an operator, what goes out may be shown.
/// Read [SecretMasker] first.
@NullMarked
package dev.fairlead.core.secret;

import org.jspecify.annotations.NullMarked;
