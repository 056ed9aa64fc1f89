// The Node side of `make bench`: signs and verifies with @digitalbazaar/vc for a given time, as often as it is told to.
// It lives as long as the benchmark, so that its compiler has warmed up.
//
// The first line of stdin is the material: {supplied, key, created, unsigned: [credential, …], signed: [json text, …]}.
// Each further line is {work: "sign"|"verify", seconds} and is answered by {count, seconds}; or {work: "sample"} by the
// first credential, signed.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {issue, verifyCredential} from '@digitalbazaar/vc';
import {loader} from './documents.mjs';
import {Pace, next, tell} from './pace.mjs';

const {supplied, key, created, unsigned, signed} = await next();
const {documentLoader} = loader(supplied);
const pair = await Ed25519Multikey.from(key);
const signing = new DataIntegrityProof({signer: pair.signer(), cryptosuite, date: created});
const verifying = new DataIntegrityProof({cryptosuite});
// The status list is not part of the comparison, on either side.
const checkStatus = async () => ({verified: true});

const sign = credential => issue({credential: structuredClone(credential), suite: signing, documentLoader});

const paces = {
  sign: new Pace(async credential => JSON.stringify(await sign(credential)), unsigned),
  verify: new Pace(async text => {
    const credential = JSON.parse(text);
    const {verified, error} = await verifyCredential({credential, suite: verifying, documentLoader, checkStatus});
    if(!verified) {
      throw error;
    }
  }, signed)
};

for(let order; (order = await next());) {
  tell(order.work === 'sample' ? await sign(unsigned[0]) : await paces[order.work].measure(order.seconds));
}
