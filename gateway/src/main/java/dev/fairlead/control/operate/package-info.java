/// What an operator orders: add, update, remove, cordon, drain, reload.
@NullMarked
package dev.fairlead.control.operate;

import org.jspecify.annotations.NullMarked;
