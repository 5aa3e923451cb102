-- Adds what one gateway took of the days of tenants to what all of them took. What is told again is not added again.
-- KEYS: one for each day of a tenant
-- ARGV: name of the gateway, number of this telling, then for each day: what the gateway took of it in all, how much of
--   that Redis has confirmed, and what the gateway knows that all took
-- Returns: for each, what all gateways took. What one of them knows outlives a Redis that has lost it.
local gateway = ARGV[1]
local telling = tonumber(ARGV[2])
local FORGOTTEN_AFTER = 600
local MOST_GATEWAYS = 256
local seconds = tonumber(redis.call('TIME')[1])

-- what those took that tell no more is in the sum
local function forget_old(key)
  if redis.call('HLEN', key) <= MOST_GATEWAYS then return end
  local fields = redis.call('HGETALL', key)
  for f = 1, #fields, 2 do
    local at = string.match(fields[f + 1], '^%S+ %S+ (%d+)$')
    if at and seconds - tonumber(at) > FORGOTTEN_AFTER then redis.call('HDEL', key, fields[f]) end
  end
end

local out = {}
for i = 1, #KEYS do
  local key = KEYS[i]
  local taken = tonumber(ARGV[i * 3])
  local confirmed = tonumber(ARGV[i * 3 + 1])
  local known = tonumber(ARGV[i * 3 + 2])
  local sum = tonumber(redis.call('HGET', key, 'sum') or '0')
  local before = redis.call('HGET', key, gateway)
  local last, at = -1, 0
  if before then
    local counted, number, told = string.match(before, '^(%S+) (%S+) (%S+)$')
    confirmed, last, at = tonumber(counted), tonumber(number), tonumber(told)
  else
    sum = math.max(sum, known)
    forget_old(key)
  end
  local is_news = taken ~= confirmed or seconds - at > 60
  if telling > last and is_news then
    sum = math.max(0, sum + taken - confirmed)
    redis.call('HSET', key, 'sum', string.format('%.0f', sum),
      gateway, string.format('%.0f %.0f %d', taken, telling, seconds))
    redis.call('PEXPIRE', key, 172800000)
  end
  out[i] = string.format('%.0f', sum)
end
return out
