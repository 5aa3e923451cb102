/// What an operator may declare of a node, decided once: its URL, its name, its texts. A text comes in, a value or a
/// fault goes out. Read [NodeUrl] first.
@NullMarked
package dev.fairlead.core.url;

import org.jspecify.annotations.NullMarked;
