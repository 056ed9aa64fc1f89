// Verifies Open Badges with @digitalbazaar/vc, and looks them up in their status lists with
// @digitalbazaar/vc-bitstring-status-list, which also verifies the proof of the list itself.
//
// stdin: {supplied: {url: context}, credentials: [credential, …]}
// stdout: {fetched: [url, …], results: [{verified, revoked, error}, …]}
import './only_localhost.mjs';
import {text} from 'node:stream/consumers';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {loader} from './documents.mjs';

const {supplied, credentials} = JSON.parse(await text(process.stdin));
const {documentLoader, fetched} = loader(supplied);

const results = [];
for(const credential of credentials) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await verifyCredential({credential, suite, documentLoader, checkStatus});
  results.push({
    verified: result.verified,
    revoked: result.statusResult?.results?.some(({status}) => status) ?? null,
    error: result.verified ? null : messages(result.error ?? result.statusResult?.error)
  });
}
console.log(JSON.stringify({fetched, results}));

function messages(error) {
  return [error?.message, ...(error?.errors ?? []).map(({message}) => message)].filter(Boolean).join('; ');
}
