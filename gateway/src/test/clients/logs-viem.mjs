// Fetches all logs through an endpoint that bounds what one query may ask: goes on by the range in the text of each
// refusal, as indexers do. Prints one JSON line of what it got.
//   node logs-viem.mjs URL
import { createPublicClient, http, hexToBigInt } from 'viem';

const client = createPublicClient({ transport: http(process.argv[2], { retryCount: 0 }) });
const RANGE = /Try with this block range \[0x([0-9a-fA-F]+),\s*0x([0-9a-fA-F]+)\]/;

const head = await client.getBlockNumber({ cacheTime: 0 });
const seen = { logs: [], refusals: [], errors: [] };
let from = 0n;
let to = head;
for (let asked = 0; from <= head && asked < 1000; asked++) {
  try {
    const logs = await client.getLogs({ fromBlock: from, toBlock: to });
    for (const log of logs) seen.logs.push(`${log.blockNumber}/${log.logIndex}`);
    from = to + 1n;
    to = head;
  } catch (error) {
    const range = RANGE.exec(JSON.stringify(error) + error.message + error.details);
    const why = error.walk((cause) => cause.name === 'LimitExceededRpcError');
    if (!range || !why) {
      seen.errors.push(String(error.message).slice(0, 300));
      break;
    }
    seen.refusals.push(error.details);
    if (hexToBigInt(`0x${range[1]}`) !== from) seen.errors.push(`the range begins at ${range[1]}, expected ${from}`);
    to = hexToBigInt(`0x${range[2]}`);
  }
}
process.stdout.write(JSON.stringify(seen) + '\n', () => process.exit(0));
