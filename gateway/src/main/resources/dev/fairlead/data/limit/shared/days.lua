-- Adds what one gateway took of the days of tenants to what all of them took, and leases it what it wants of the rest.
-- What is told again is not added again.
-- KEYS: one for each day of a tenant
-- ARGV: name of the gateway, number of this telling, then for each day: what the gateway took of it in all, how much of
--   that Redis has confirmed, what the gateway knows that all took, what it holds unused of its leases, how much more it
--   wants, how much of that it needs, quota of the day
-- Returns: for each, what all gateways took, what this one gets, what the others hold.
-- A Redis that has lost a day hears of it in two ways, and the greater one holds: `sum` begins with what a gateway knows
-- of all, those that are gone included; `own` adds up what each says that it took itself.
local gateway = ARGV[1]
local telling = tonumber(ARGV[2])
local FORGOTTEN_AFTER = 600
local LAPSED_AFTER = 30
local MOST_GATEWAYS = 256
local seconds = tonumber(redis.call('TIME')[1])

-- what a gateway took, the number of its last telling, its second, what the gateway holds
local function read(value)
  local counted, last, at, held = string.match(value, '^(%S+) (%S+) (%d+) ?(%d*)$')
  return tonumber(counted), tonumber(last), tonumber(at), tonumber(held) or 0
end

-- what those took that tell no more stays in the sum
local function forget_old(key, own)
  if redis.call('HLEN', key) <= MOST_GATEWAYS then return own end
  local fields = redis.call('HGETALL', key)
  for f = 1, #fields, 2 do
    local counted, _, at = read(fields[f + 1])
    if at and seconds - at > FORGOTTEN_AFTER then
      redis.call('HDEL', key, fields[f])
      own = own - counted
    end
  end
  return own
end

-- what a gateway holds that tells no more is for the others again
local function held_by_others(key)
  local all = 0
  local fields = redis.call('HGETALL', key)
  for f = 1, #fields, 2 do
    local _, _, at, held = read(fields[f + 1])
    if at and fields[f] ~= gateway and seconds - at <= LAPSED_AFTER then all = all + held end
  end
  return all
end

-- half of what is free, so that others find something, unless a call needs more
local function grant(free, wanted, needed)
  if wanted <= 0 or free < 1 then return 0 end
  local share = math.ceil(free / 2)
  if needed <= free then share = math.max(share, needed) end
  return math.min(wanted, share)
end

local out = {}
for i = 1, #KEYS do
  local key, arg = KEYS[i], i * 7 - 4
  local taken = tonumber(ARGV[arg])
  local confirmed = tonumber(ARGV[arg + 1])
  local known = tonumber(ARGV[arg + 2])
  local held = tonumber(ARGV[arg + 3])
  local quota = tonumber(ARGV[arg + 6])
  local sum = tonumber(redis.call('HGET', key, 'sum') or '0')
  local own = tonumber(redis.call('HGET', key, 'own') or '0')
  local before = redis.call('HGET', key, gateway)
  local last, at, counted, held_before = -1, 0, 0, 0
  if before then
    counted, last, at, held_before = read(before)
    confirmed = counted
  else
    sum = math.max(sum, known)
    own = forget_old(key, own)
  end
  local others = held_by_others(key)
  local granted = 0
  if telling > last then
    if taken ~= confirmed then
      sum = math.max(0, sum + taken - confirmed)
      own = own + taken - counted
      sum = math.max(sum, own)
    end
    granted = grant(quota - sum - held - others, tonumber(ARGV[arg + 4]), tonumber(ARGV[arg + 5]))
    held = held + granted
    if taken ~= confirmed or held > 0 or held ~= held_before or seconds - at > 60 then
      redis.call('HSET', key, 'sum', string.format('%.0f', sum), 'own', string.format('%.0f', own),
        gateway, string.format('%.0f %.0f %d %.0f', taken, telling, seconds, held))
      redis.call('PEXPIRE', key, 172800000)
    end
  end
  out[#out + 1] = string.format('%.0f', sum)
  out[#out + 1] = string.format('%.0f', granted)
  out[#out + 1] = string.format('%.0f', others)
end
return out
