// Signs a credential with @digitalbazaar/vc, as an issuer that is its own did:key and made this key a moment ago.
//
// stdin: {supplied: {url: context}, credential}; the credential's issuer gets the DID as its id
// stdout: the signed credential
import {text} from 'node:stream/consumers';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {issue} from '@digitalbazaar/vc';
import {loader} from './documents.mjs';

const {supplied, credential} = JSON.parse(await text(process.stdin));

const pair = await Ed25519Multikey.generate();
const did = `did:key:${pair.publicKeyMultibase}`;
pair.controller = did;
pair.id = `${did}#${pair.publicKeyMultibase}`;

const suite = new DataIntegrityProof({signer: pair.signer(), cryptosuite});
const unsigned = {...credential, issuer: {...credential.issuer, id: did}};
console.log(JSON.stringify(await issue({credential: unsigned, suite, documentLoader: loader(supplied).documentLoader})));
