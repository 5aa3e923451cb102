-- Adds what one gateway took of the days of tenants to what all of them took.
-- KEYS: one for each day of a tenant
-- ARGV: for each: what the gateway took lately, what it knew of the day before
-- Returns: for each, what all gateways took. What one of them knows outlives a Redis that has lost it.
local out = {}
for i = 1, #KEYS do
  local known = math.max(tonumber(redis.call('GET', KEYS[i]) or '0'), tonumber(ARGV[i * 2]))
  local sum = string.format('%.0f', known + tonumber(ARGV[i * 2 - 1]))
  redis.call('SET', KEYS[i], sum, 'PX', 172800000)
  out[i] = sum
end
return out
