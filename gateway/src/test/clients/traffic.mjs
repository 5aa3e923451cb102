// Calls an endpoint all the while, as a dapp would, until its standard input ends; then prints one JSON line of what
// it saw. Nothing is retried here: a call that fails is a failure of the endpoint.
//   node traffic.mjs viem|ethers URL ACCOUNT_INDEX [reads]
import { setTimeout as pause } from 'node:timers/promises';
import * as viem from './traffic-viem.mjs';
import * as ethers from './traffic-ethers.mjs';

const [kind, url, account, only] = process.argv.slice(2);
const client = await { viem, ethers }[kind].connect(url, Number(account));

let running = true;
process.stdin.resume();
process.stdin.on('end', () => (running = false));

const seen = { client: kind, address: client.address, calls: 0, failures: [], stepsBack: [], blocks: {}, conflicts: [], balances: {}, transactions: [], slowest: 0 };

async function call(what, ask) {
  const from = performance.now();
  seen.calls++;
  try {
    return await ask();
  } catch (failure) {
    if (seen.failures.length < 20) seen.failures.push(`${new Date().toISOString()} ${what}: ${String(failure.message).slice(0, 600)}`);
    return undefined;
  } finally {
    seen.slowest = Math.max(seen.slowest, Math.round(performance.now() - from));
  }
}

// A head goes back when a call that began after a higher one was seen answers a lower one.
let highest = 0;
function head(what, atBegin, number) {
  if (number < atBegin) seen.stepsBack.push(`${what} ${atBegin} -> ${number}`);
  highest = Math.max(highest, number);
}

async function read() {
  let atBegin = highest;
  const number = await call('blockNumber', client.blockNumber);
  if (number !== undefined) head('blockNumber', atBegin, number);
  atBegin = highest;
  const latest = await call('latest block', () => client.block('latest'));
  if (latest) {
    head('latest block', atBegin, latest.number);
    remember(latest);
    const parent = await call(`block ${latest.number - 1}`, () => client.block(latest.number - 1));
    if (parent === null || parent?.number !== latest.number - 1) seen.failures.push(`block ${latest.number - 1} is missing`);
    else remember(parent);
    const balance = await call('balance', () => client.balanceAt(latest.number));
    if (balance !== undefined) seen.balances[latest.number] = balance;
  }
  const echoed = await call('eth_call', () => client.echo('0xc0ffee'));
  if (echoed !== undefined && echoed !== '0xc0ffee') seen.failures.push(`eth_call answered ${echoed}`);
  atBegin = highest;
  const ids = await call('three at once', () => Promise.all([client.chainId(), client.blockNumber(), client.gasPrice()]));
  if (ids) {
    if (ids[0] !== 1337) seen.failures.push(`chain id ${ids[0]}`);
    head('blockNumber in a batch', atBegin, ids[1]);
  }
}

function remember(block) {
  const known = seen.blocks[block.number];
  if (known && known !== block.hash) seen.conflicts.push(block.number);
  seen.blocks[block.number] = block.hash;
}

async function write() {
  const hash = await call('send', client.send);
  if (hash === undefined) return;
  seen.transactions.push(hash);
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const receipt = await call('receipt', () => client.receipt(hash));
    if (receipt) {
      if (receipt !== 'success') seen.failures.push(`transaction ${hash} ended with ${receipt}`);
      return;
    }
    await pause(200);
  }
  seen.failures.push(`no receipt for ${hash} within 30 s`);
}

async function repeat(work, every) {
  while (running) {
    await work();
    await pause(every);
  }
}

process.stdout.write('started\n');
await Promise.all([repeat(read, 10), repeat(read, 10), ...(only === 'reads' ? [] : [repeat(write, 300)])]);
process.stdout.write(JSON.stringify(seen) + '\n');
process.exit(0);
