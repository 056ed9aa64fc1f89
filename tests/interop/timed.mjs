// The Node side of `make bench`: signs and verifies with @digitalbazaar/vc for a given time, as often as it is told to.
// It lives as long as the benchmark, so that its compiler has warmed up; it measures its own time, so that no pipe counts.
//
// The first line of stdin is the material: {supplied, key, created, unsigned: [credential, …], signed: [json text, …]}.
// Each further line is {work: "sign"|"verify", seconds} and is answered by {count, seconds}; or {work: "sample"} by the
// first credential, signed.
import readline from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {issue, verifyCredential} from '@digitalbazaar/vc';
import {loader} from './documents.mjs';

const lines = readline.createInterface({input: process.stdin})[Symbol.asyncIterator]();
const next = async () => JSON.parse((await lines.next()).value ?? 'null');

const {supplied, key, created, unsigned, signed} = await next();
const {documentLoader} = loader(supplied);
const pair = await Ed25519Multikey.from(key);
const signing = new DataIntegrityProof({signer: pair.signer(), cryptosuite, date: created});
const verifying = new DataIntegrityProof({cryptosuite});
// The status list is not part of the comparison, on either side.
const checkStatus = async () => ({verified: true});

const sign = credential => issue({credential: structuredClone(credential), suite: signing, documentLoader});

const works = {
  async sign(turn) {
    JSON.stringify(await sign(unsigned[turn % unsigned.length]));
  },
  async verify(turn) {
    const credential = JSON.parse(signed[turn % signed.length]);
    const {verified, error} = await verifyCredential({credential, suite: verifying, documentLoader, checkStatus});
    if(!verified) {
      throw error;
    }
  }
};

let turn = 0;
for(let order; (order = await next());) {
  if(order.work === 'sample') {
    console.log(JSON.stringify(await sign(unsigned[0])));
    continue;
  }
  const work = works[order.work];
  const begun = performance.now();
  let count = 0, seconds = 0;
  do {
    await work(turn++);
    count++;
    seconds = (performance.now() - begun) / 1000;
  } while(seconds < order.seconds);
  console.log(JSON.stringify({count, seconds}));
}
