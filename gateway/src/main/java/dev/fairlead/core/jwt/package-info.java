/// JSON Web Tokens as callers bring them: which keys tenants declare, what a token says, whether it holds. In come
/// texts, keys and the time; out comes an [AccessToken] or a [TokenFault]. Read [TokenCheck] first, then
/// [TokenIssuers].
@NullMarked
package dev.fairlead.core.jwt;

import org.jspecify.annotations.NullMarked;
