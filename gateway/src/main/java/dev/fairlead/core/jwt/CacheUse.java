package dev.fairlead.core.jwt;

/// How a bounded memory of tokens is used.
///
/// @param cache what it remembers, in one word
/// @param most how many entries it may have
/// @param hits how often what was looked up was there, since the start
public record CacheUse(String cache, long size, long most, long hits, long misses) {}
