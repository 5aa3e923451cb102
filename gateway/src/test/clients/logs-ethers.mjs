// As logs-viem.mjs, by ethers and by the error's data.
//   node logs-ethers.mjs URL
import { FetchRequest, JsonRpcProvider } from 'ethers';

const request = new FetchRequest(process.argv[2]);
request.setThrottleParams({ maxAttempts: 1 });
const provider = new JsonRpcProvider(request, undefined, { cacheTimeout: -1, batchMaxCount: 1 });

const head = await provider.getBlockNumber();
const seen = { logs: [], refusals: [], errors: [] };
let from = 0;
let to = head;
for (let asked = 0; from <= head && asked < 1000; asked++) {
  try {
    const logs = await provider.getLogs({ fromBlock: from, toBlock: to });
    for (const log of logs) seen.logs.push(`${log.blockNumber}/${log.index}`);
    from = to + 1;
    to = head;
  } catch (error) {
    const said = error.error;
    if (said?.code !== -32005 || !said.data?.to) {
      seen.errors.push(String(error.message).slice(0, 300));
      break;
    }
    seen.refusals.push(said.message);
    if (Number(said.data.from) !== from) seen.errors.push(`the range begins at ${said.data.from}, expected ${from}`);
    to = Number(said.data.to);
  }
}
process.stdout.write(JSON.stringify(seen) + '\n', () => process.exit(0));
