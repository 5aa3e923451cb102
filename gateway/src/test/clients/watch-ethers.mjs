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

const sent = [];
let nonce = await provider.getTransactionCount(wallet.address);
for (let i = 0; i < Number(count); i++) {
  const request = { to: deployed.contractAddress, data: zeroPadValue(toBeHex(i), 32), gasLimit: 100_000n, nonce: nonce++ };
  const raw = await wallet.signTransaction(await wallet.populateTransaction(request));
  sent.push({ raw, data: request.data, hash: (await provider.broadcastTransaction(raw)).hash });
}
const missing = () => sent.filter((one) => !seen.logs[one.data]);
const until = Date.now() + 15_000;
for (let rounds = 1; missing().length > 0 && Date.now() < until; rounds++) {
  await pause(100);
  if (rounds % 20 > 0) continue;
  // The nodes of the test network may forget what comes while they take over a block.
  for (const one of missing()) {
    if (!(await provider.getTransactionReceipt(one.hash))) await provider.broadcastTransaction(one.raw).catch(() => null);
  }
}
for (const one of missing()) {
  const receipt = await provider.getTransactionReceipt(one.hash);
  seen.errors.push('a log did not arrive; its transaction was ' + (receipt ? `mined in block ${receipt.blockNumber}` : 'never mined'));
}
process.stdout.write(JSON.stringify(seen) + '\n');
process.exit(0);
