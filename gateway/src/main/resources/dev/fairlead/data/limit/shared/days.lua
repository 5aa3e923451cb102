-- Adds what one gateway took of the days of tenants to what all of them took. What is told again is not added again.
-- KEYS: one for each day of a tenant
-- ARGV: name of the gateway, number of this telling, then for each day: what the gateway took of it in all, how much of
--   that Redis has confirmed, and what the gateway knows that all took
-- Returns: for each, what all gateways took.
-- A Redis that has lost a day hears of it in two ways, and the greater one holds: `sum` begins with what a gateway knows
-- of all, those that are gone included; `own` adds up what each says that it took itself.
local gateway = ARGV[1]
local telling = tonumber(ARGV[2])
local FORGOTTEN_AFTER = 600
local MOST_GATEWAYS = 256
local seconds = tonumber(redis.call('TIME')[1])

-- what those took that tell no more stays in the sum
local function forget_old(key, own)
  if redis.call('HLEN', key) <= MOST_GATEWAYS then return own end
  local fields = redis.call('HGETALL', key)
  for f = 1, #fields, 2 do
    local counted, at = string.match(fields[f + 1], '^(%S+) %S+ (%d+)$')
    if at and seconds - tonumber(at) > FORGOTTEN_AFTER then
      redis.call('HDEL', key, fields[f])
      own = own - tonumber(counted)
    end
  end
  return own
end

local out = {}
for i = 1, #KEYS do
  local key = KEYS[i]
  local taken = tonumber(ARGV[i * 3])
  local confirmed = tonumber(ARGV[i * 3 + 1])
  local known = tonumber(ARGV[i * 3 + 2])
  local sum = tonumber(redis.call('HGET', key, 'sum') or '0')
  local own = tonumber(redis.call('HGET', key, 'own') or '0')
  local before = redis.call('HGET', key, gateway)
  local last, at, counted = -1, 0, 0
  if before then
    counted, last, at = string.match(before, '^(%S+) (%S+) (%S+)$')
    counted, last, at = tonumber(counted), tonumber(last), tonumber(at)
    confirmed = counted
  else
    sum = math.max(sum, known)
    own = forget_old(key, own)
  end
  local is_news = taken ~= confirmed or seconds - at > 60
  if telling > last and is_news then
    sum = math.max(0, sum + taken - confirmed)
    own = own + taken - counted
    sum = math.max(sum, own)
    redis.call('HSET', key, 'sum', string.format('%.0f', sum), 'own', string.format('%.0f', own),
      gateway, string.format('%.0f %.0f %d', taken, telling, seconds))
    redis.call('PEXPIRE', key, 172800000)
  end
  out[i] = string.format('%.0f', sum)
end
return out
