package dev.fairlead.core.transaction;

import dev.fairlead.core.jsonrpc.Slice;
import java.math.BigInteger;

/// Of a transaction or an authorization, on the curve secp256k1.
///
/// @param isOdd which of two points is meant
/// @param signed what was signed, before it is hashed
record Signature(boolean isOdd, BigInteger r, BigInteger s, Slice signed) {}
