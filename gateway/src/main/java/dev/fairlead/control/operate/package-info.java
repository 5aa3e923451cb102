/// What an operator orders: add, update, remove, cordon, drain, reload. An order comes in; it is decided, written
/// to the store, published with everything else that is declared, and its result goes out.
///
/// Read [Operator] first, then [Orders], where orders are decided.
@NullMarked
package dev.fairlead.control.operate;

import org.jspecify.annotations.NullMarked;
