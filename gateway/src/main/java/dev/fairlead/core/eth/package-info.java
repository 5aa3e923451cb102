/// Facts about Ethereum: the method table, block references, and what a node's error text means.
@NullMarked
package dev.fairlead.core.eth;

import org.jspecify.annotations.NullMarked;
