/// The admin API: a table of routes and what stands behind each. Read [Api] first.
@NullMarked
package dev.fairlead.control.admin;

import org.jspecify.annotations.NullMarked;
