/// The admin API: a table of routes and the code behind each. A request comes in, a view, or the result of an
/// order, goes out. Read [Api] first.
@NullMarked
package dev.fairlead.control.admin;

import org.jspecify.annotations.NullMarked;
