-- Leases credits of many buckets to one gateway. One round trip; nothing is kept without an end.
-- KEYS: gateways, then one for each bucket
-- ARGV: gateway, then for each bucket: fixed, window in ms, credits, most, wanted, needed, debit, missing as the gateway
-- last heard it, birth of the bucket that it heard it of, number of the window, turn
-- Returns: gateways, now in ms, then for each bucket: granted, left, taken, birth
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 10000)
redis.call('PEXPIRE', KEYS[1], 20000)
local gateways = redis.call('ZCARD', KEYS[1])
local asker = 'by:' .. ARGV[1]
local out = {tostring(gateways), string.format('%.0f', now)}
for i = 2, #KEYS do
  local at = 2 + (i - 2) * 11
  local fixed = ARGV[at] == '1'
  local window = tonumber(ARGV[at + 1])
  local credits = tonumber(ARGV[at + 2])
  local most = tonumber(ARGV[at + 3])
  local wanted = tonumber(ARGV[at + 4])
  local needed = tonumber(ARGV[at + 5])
  local debit = tonumber(ARGV[at + 6])
  local missing = tonumber(ARGV[at + 7])
  local known = ARGV[at + 8]
  local kept = redis.call('HMGET', KEYS[i], 'left', 'at', 'taken', 'born', 'told', asker)
  local left, told = tonumber(kept[1]) or most, tonumber(kept[5]) or 0
  local taken, born = tonumber(kept[3]) or 0, kept[4] or string.format('%.0f', now)
  local stamp, lives
  if fixed then
    stamp = math.floor(now / window)
    lives = (stamp + 1) * window - now + 10000
    if tonumber(kept[2] or stamp) ~= stamp then left, told = most, 0 end
    if tonumber(ARGV[at + 9]) ~= stamp then debit, missing = 0, 0 end
  else
    stamp = now
    local grown = math.max(0, now - (kept[2] or now)) * credits / window
    left, told = math.min(most, left + grown), math.max(0, told - grown)
  end
  -- a turn whose answer was not heard is taken back: the gateway tells it again
  local turn, before = ARGV[at + 10], 0
  if kept[6] and string.match(kept[6], '^%S+') == turn then
    before = tonumber(string.match(kept[6], '%S+$'))
    taken = taken - before
    if not fixed or tonumber(kept[2]) == stamp then left = math.min(most, left + before) end
  end
  -- Redis has lost what the gateway knows: of all gateways, the one that knows of most is right
  if known ~= '' and known ~= born and missing > told then
    left, told = left - (missing - told), missing
  end
  left = math.max(-most * gateways, math.min(most, left - debit))
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
    'taken', string.format('%.6f', taken), 'born', born, 'told', string.format('%.6f', told),
    asker, turn .. ' ' .. string.format('%.6f', grant + debit))
  redis.call('PEXPIRE', KEYS[i], string.format('%.0f', math.ceil(lives)))
  out[#out + 1] = tostring(grant)
  out[#out + 1] = string.format('%.6f', left)
  out[#out + 1] = string.format('%.6f', taken)
  out[#out + 1] = born
end
return out
