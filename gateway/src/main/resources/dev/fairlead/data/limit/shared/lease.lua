-- Leases credits of many buckets to one gateway. One round trip; nothing is kept without an end.
-- KEYS: epoch, gateways, then one for each bucket
-- ARGV: gateway, an epoch if there is none, then for each bucket: fixed, window in ms, credits, most, wanted, needed, debit,
-- debit when Redis has lost what it knew, epoch that the gateway knows, number of the window
-- Returns: epoch, gateways, now in ms, then for each bucket: granted, left, taken
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('SET', KEYS[1], ARGV[2], 'NX')
redis.call('PEXPIRE', KEYS[1], 86400000)
local epoch = redis.call('GET', KEYS[1])
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 10000)
redis.call('PEXPIRE', KEYS[2], 20000)
local gateways = redis.call('ZCARD', KEYS[2])
local out = {epoch, tostring(gateways), string.format('%.0f', now)}
for i = 3, #KEYS do
  local at = 3 + (i - 3) * 10
  local fixed = ARGV[at] == '1'
  local window = tonumber(ARGV[at + 1])
  local credits = tonumber(ARGV[at + 2])
  local most = tonumber(ARGV[at + 3])
  local wanted = tonumber(ARGV[at + 4])
  local needed = tonumber(ARGV[at + 5])
  local debit = tonumber(ARGV[at + 6])
  if ARGV[at + 8] ~= '' and ARGV[at + 8] ~= epoch then debit = tonumber(ARGV[at + 7]) end
  local kept = redis.call('HMGET', KEYS[i], 'left', 'at', 'taken')
  local left, taken = most, tonumber(kept[3]) or 0
  local stamp, lives
  if fixed then
    stamp = math.floor(now / window)
    lives = (stamp + 1) * window - now + 10000
    if kept[1] and tonumber(kept[2]) == stamp then left = tonumber(kept[1]) end
    if tonumber(ARGV[at + 9]) ~= stamp then debit = 0 end
  else
    stamp = now
    if kept[1] then left = math.min(most, kept[1] + math.max(0, now - kept[2]) * credits / window) end
  end
  left = math.max(-most, math.min(most, left - debit))
  local grant = 0
  if wanted >= 1 and left >= 1 then
    local share = left
    if gateways > 1 then share = math.max(left / 2, math.min(left, needed, wanted), 1) end
    grant = math.floor(math.min(wanted, share))
  end
  left = left - grant
  taken = taken + grant + debit
  if not fixed then lives = (most - left) * window / credits + 10000 end
  redis.call('HSET', KEYS[i], 'left', string.format('%.6f', left), 'at', string.format('%.0f', stamp),
    'taken', string.format('%.6f', taken))
  redis.call('PEXPIRE', KEYS[i], string.format('%.0f', math.ceil(lives)))
  out[#out + 1] = tostring(grant)
  out[#out + 1] = string.format('%.6f', left)
  out[#out + 1] = string.format('%.6f', taken)
end
return out
