@NullMarked
package dev.fairlead.control.issuer;

import org.jspecify.annotations.NullMarked;
