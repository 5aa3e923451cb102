// As watch-viem.mjs, by ethers.
//   node watch-ethers.mjs URL COUNT
import { FetchRequest, HDNodeWallet, JsonRpcProvider, toBeHex, zeroPadValue } from 'ethers';
import { setTimeout as pause } from 'node:timers/promises';

const [url, count] = process.argv.slice(2);
const request = new FetchRequest(url);
request.setThrottleParams({ maxAttempts: 1 });
const provider = new JsonRpcProvider(request, undefined, { cacheTimeout: -1, pollingInterval: 100 });
const wallet = HDNodeWallet.fromPhrase('test test test test test test test test test test test junk', '', `m/44'/60'/0'/0/3`).connect(provider);

// Copies its call data into a log without topics.
const deploy = await wallet.sendTransaction({ data: '0x67365f5f37365fa0005f5260086018f3', gasLimit: 200_000n });
let deployed = null;
while ((deployed = await provider.getTransactionReceipt(deploy.hash)) === null) await pause(100);

const seen = { logs: {}, blocks: [], errors: [] };
provider.on('error', (error) => seen.errors.push(String(error.message).slice(0, 300)));
await provider.on({ address: deployed.contractAddress }, (log) => (seen.logs[log.data] = (seen.logs[log.data] ?? 0) + 1));
await provider.on('block', (number) => seen.blocks.push(number));
while (seen.blocks.length === 0) await pause(100); // it watches from its first poll on

let nonce = await provider.getTransactionCount(wallet.address);
for (let i = 0; i < Number(count); i++) {
  await wallet.sendTransaction({ to: deployed.contractAddress, data: zeroPadValue(toBeHex(i), 32), gasLimit: 100_000n, nonce: nonce++ });
}
const until = Date.now() + 10_000;
while (Object.keys(seen.logs).length < Number(count) && Date.now() < until) await pause(100);
process.stdout.write(JSON.stringify(seen) + '\n');
process.exit(0);
