/// Signed transactions as they are submitted: their bytes, who signed them, and what is demanded of them before a node
/// gets them. Pure. Read [TransactionRules] first, then [TransactionReader].
@NullMarked
package dev.fairlead.core.transaction;

import org.jspecify.annotations.NullMarked;
