// @digitalbazaar/vc with its cryptosuites, and with @digitalbazaar/vc-bitstring-status-list, which also verifies the proof of a
// list itself. Whoever signs here is its own did:key and made the key a moment ago.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as ecdsaJcs2019 from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import * as eddsaJcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import * as bitstring from '@digitalbazaar/vc-bitstring-status-list';
import {loader} from './documents.mjs';

const SIGNING = {
  'eddsa-rdfc-2022': () => eddsaRdfc2022,
  'eddsa-jcs-2022': () => eddsaJcs2022.createSignCryptosuite(),
  'ecdsa-rdfc-2019': () => ecdsaRdfc2019,
  'ecdsa-jcs-2019': () => ecdsaJcs2019.createSignCryptosuite(),
  'ecdsa-sd-2023': ({mandatoryPointers}) => ecdsaSd2023.createSignCryptosuite({mandatoryPointers})
};
const VERIFYING = [
  eddsaRdfc2022, eddsaJcs2022.createVerifyCryptosuite(), ecdsaRdfc2019, ecdsaJcs2019.createVerifyCryptosuite(),
  ecdsaSd2023.createVerifyCryptosuite()
].map(cryptosuite => new DataIntegrityProof({cryptosuite}));

/** The credential with a proof by `cryptosuite` (and `curve`, for ECDSA); its issuer gets the DID as its id. */
export async function signDocument({supplied, credential, cryptosuite, curve, mandatoryPointers}) {
  const pair = await newPair(cryptosuite, curve);
  const suite = cryptosuite === 'Ed25519Signature2020' ?
    new Ed25519Signature2020({key: pair}) :
    new DataIntegrityProof({signer: pair.signer(), cryptosuite: SIGNING[cryptosuite]({mandatoryPointers})});
  const issuer = typeof credential.issuer === 'string' ? pair.controller : {...credential.issuer, id: pair.controller};
  return vc.issue({credential: {...credential, issuer}, suite, documentLoader: loader(supplied).documentLoader});
}

/** What a holder shows of a credential with a base proof: what is mandatory, and what `selectivePointers` pick. */
export async function deriveDocument({supplied, credential, selectivePointers}) {
  const suite = new DataIntegrityProof({cryptosuite: ecdsaSd2023.createDiscloseCryptosuite({selectivePointers})});
  return vc.derive({verifiableCredential: credential, suite, documentLoader: loader(supplied).documentLoader});
}

/** {fetched: [url, …], results: [{verified, revoked, error}, …]}; `revoked` is null without a status entry. */
export async function verifyDocuments({supplied, credentials}) {
  const {documentLoader, fetched} = loader(supplied);
  const suite = [...VERIFYING, new Ed25519Signature2020()];
  const results = [];
  for(const credential of credentials) {
    const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus: bitstring.checkStatus});
    results.push({
      verified: result.verified,
      revoked: result.statusResult?.results?.some(({status}) => status) ?? null,
      error: result.verified ? null : messages(result.error ?? result.statusResult?.error)
    });
  }
  return {fetched, results};
}

/** [{verified, set, error}, …] of the status entry of each credential, whatever may be said of the credential. */
export async function checkStatuses({supplied, credentials}) {
  const {documentLoader} = loader(supplied);
  const results = [];
  for(const credential of credentials) {
    const {verified, results: found, error} = await bitstring.checkStatus({credential, suite: VERIFYING, documentLoader});
    results.push({
      verified, set: found?.some(({status}) => status) ?? null, error: messages(error) || null
    });
  }
  return results;
}

/** A list of `length` for `statusPurpose` in which `indexes` are set, to be served at `id`, unsigned. */
export async function listDocument({id, length, statusPurpose, indexes}) {
  const list = await bitstring.createList({length});
  for(const index of indexes) {
    list.setStatus(index, true);
  }
  return {...await bitstring.createCredential({id, list, statusPurpose}), issuer: 'to be named'};
}

/** The Multikey of each public JWK. */
export async function multikeys({jwks}) {
  return Promise.all(jwks.map(async jwk => {
    const {fromJwk} = jwk.kty === 'OKP' ? Ed25519Multikey : EcdsaMultikey;
    return (await fromJwk({jwk})).publicKeyMultibase;
  }));
}

async function newPair(cryptosuite, curve) {
  const pair = await (cryptosuite === 'Ed25519Signature2020' ? Ed25519VerificationKey2020.generate() :
    curve ? EcdsaMultikey.generate({curve}) : Ed25519Multikey.generate());
  pair.controller = `did:key:${pair.publicKeyMultibase}`;
  pair.id = `${pair.controller}#${pair.publicKeyMultibase}`;
  return pair;
}

function messages(error) {
  return [error?.message, ...(error?.errors ?? []).map(({message}) => message)].filter(Boolean).join('; ');
}
