@NullMarked
package dev.fairlead.core.jwt;

import org.jspecify.annotations.NullMarked;
