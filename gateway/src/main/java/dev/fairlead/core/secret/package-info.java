/// Texts without secrets. A text of a node, a library or an operator comes in; the text that goes out may be
/// shown. Read [SecretMasker] first.
@NullMarked
package dev.fairlead.core.secret;

import org.jspecify.annotations.NullMarked;
