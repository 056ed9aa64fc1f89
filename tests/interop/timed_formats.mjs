// The Node side of the formats in `make bench`: @digitalbazaar's cryptosuites, jose, and @sd-jwt/sd-jwt-vc.
//
// The first line of stdin is the material: {supplied, created, pointers: {mandatory, selected}, jose: {kid, openBadges},
// sdJwt: {disclosable, shown, audience, nonce, kid}, keys: {suites: {name: {cryptosuite, method, jwk}},
// tokens: {name: {alg, pem, publicPem}}, issuer, holder (private JWKs)}, pools: {work: [credential or text, …]}}.
// Each further line is {peer, work, seconds} and is answered by {count, seconds}; {peer, make: work} by the text that comes
// out of the first of the pool; {peer, take: work, text} by whether it can be done with that text.
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as ecdsaJcs2019 from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as eddsaJcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {ES256, digest, generateSalt} from '@sd-jwt/crypto-nodejs';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import * as jose from 'jose';
import {loader} from './documents.mjs';
import {Pace, next, tell} from './pace.mjs';

const given = await next();
const {pools, keys, pointers} = given;
const {documentLoader} = loader(given.supplied);
// The status list is not part of the comparison, on either side.
const checkStatus = async () => ({verified: true});

// --- Data Integrity ---

const SIGNING = {
  'eddsa-rdfc-2022': eddsaRdfc2022,
  'eddsa-jcs-2022': eddsaJcs2022.createSignCryptosuite(),
  'ecdsa-rdfc-2019': ecdsaRdfc2019,
  'ecdsa-jcs-2019': ecdsaJcs2019.createSignCryptosuite(),
  'ecdsa-sd-2023': ecdsaSd2023.createSignCryptosuite({mandatoryPointers: pointers.mandatory})
};
const VERIFYING = {
  'eddsa-rdfc-2022': eddsaRdfc2022,
  'eddsa-jcs-2022': eddsaJcs2022.createVerifyCryptosuite(),
  'ecdsa-rdfc-2019': ecdsaRdfc2019,
  'ecdsa-jcs-2019': ecdsaJcs2019.createVerifyCryptosuite(),
  'ecdsa-sd-2023': ecdsaSd2023.createVerifyCryptosuite()
};

async function suite({cryptosuite, method, jwk}) {
  const {fromJwk} = jwk.kty === 'OKP' ? Ed25519Multikey : EcdsaMultikey;
  const pair = await fromJwk({jwk, secretKey: true, id: method, controller: method.split('#')[0]});
  const signing = new DataIntegrityProof({signer: pair.signer(), cryptosuite: SIGNING[cryptosuite], date: given.created});
  const verifying = new DataIntegrityProof({cryptosuite: VERIFYING[cryptosuite]});
  const sign = async credential =>
    JSON.stringify(await vc.issue({credential: structuredClone(credential), suite: signing, documentLoader}));
  const verify = async text => {
    const {verified, error} =
      await vc.verifyCredential({credential: JSON.parse(text), suite: verifying, documentLoader, checkStatus});
    if(!verified) {
      throw error;
    }
  };
  return {sign, verify};
}

const disclosing =
  new DataIntegrityProof({cryptosuite: ecdsaSd2023.createDiscloseCryptosuite({selectivePointers: pointers.selected})});

async function derive(text) {
  return JSON.stringify(await vc.derive({verifiableCredential: JSON.parse(text), suite: disclosing, documentLoader}));
}

const digitalbazaar = {};
for(const [name, key] of Object.entries(keys.suites)) {
  const {sign, verify} = await suite(key);
  Object.assign(digitalbazaar, key.cryptosuite === 'ecdsa-sd-2023' ?
    {[`${name}/base`]: sign, [`${name}/derive`]: derive, [`${name}/verify`]: verify} :
    {[`${name}/sign`]: sign, [`${name}/verify`]: verify});
}

// --- tokens ---

/** What the claims of an Open Badge repeat. */
const claimsOf = ({issuer, id, credentialSubject, validFrom, validUntil}) => ({
  iss: issuer.id, jti: id, sub: credentialSubject.id, nbf: Date.parse(validFrom) / 1000, exp: Date.parse(validUntil) / 1000
});

async function token({alg, pem, publicPem}, isOpenBadge) {
  const privateKey = await jose.importPKCS8(pem, alg);
  const publicKey = await jose.importSPKI(publicPem, alg);
  const header = {alg, ...isOpenBadge ? {typ: 'JWT'} : {typ: 'vc+jwt', cty: 'vc'}, kid: given.jose.kid};
  const sign = credential => new jose.SignJWT(isOpenBadge ? {...credential, ...claimsOf(credential)} : credential)
    .setProtectedHeader(header).sign(privateKey);
  const jwk = await jose.exportJWK(publicKey);
  const verify = async text => {
    const key = isOpenBadge ? await jose.importJWK(jwk, alg) : publicKey;
    const {payload} = await jose.jwtVerify(text, key, {algorithms: [alg]});
    if(isOpenBadge && Object.entries(claimsOf(payload)).some(([name, value]) => payload[name] !== value)) {
      throw new Error('a claim says something else than the credential');
    }
  };
  return {sign, verify};
}

const tokens = {};
for(const [name, key] of Object.entries(keys.tokens)) {
  const {sign, verify} = await token(key, given.jose.openBadges.includes(name));
  Object.assign(tokens, {[`${name}/sign`]: sign, [`${name}/verify`]: verify});
}

// --- SD-JWT VC ---

const {audience, nonce} = given.sdJwt;
const {d, ...holder} = keys.holder;
const {d: _, ...issuer} = keys.issuer;
const sdJwt = new SDJwtVcInstance({
  hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt, signAlg: 'ES256', kbSignAlg: 'ES256',
  signer: await ES256.getSigner(keys.issuer),
  verifier: await ES256.getVerifier(issuer),
  kbSigner: await ES256.getSigner(keys.holder),
  kbVerifier: async (data, signature, {cnf}) => (await ES256.getVerifier(cnf.jwk))(data, signature)
});
const shown = Object.fromEntries(given.sdJwt.shown.map(name => [name, true]));
const selective = {
  'sd-jwt-vc/issue': claims => sdJwt.issue(
    {...claims, cnf: {jwk: holder}}, {_sd: given.sdJwt.disclosable}, {header: {kid: given.sdJwt.kid}}),
  'sd-jwt-vc/present': credential => sdJwt.present(
    credential, shown, {kb: {payload: {iat: Math.floor(Date.now() / 1000), aud: audience, nonce}}}),
  'sd-jwt-vc/verify': async presentation => {
    const {kb} = await sdJwt.verify(presentation, {keyBindingNonce: nonce});
    // The audience is left to its caller.
    if(kb.payload.aud !== audience) {
      throw new Error('the key binding is for somebody else');
    }
  }
};

// --- orders ---

const peers = Object.fromEntries(Object.entries({digitalbazaar, jose: tokens, 'sd-jwt-js': selective}).map(
  ([peer, works]) => [peer, Object.fromEntries(Object.entries(works).map(
    ([work, act]) => [work, new Pace(act, pools[work])]))]));

async function takes(pace, text) {
  try {
    await pace.once(text);
    return true;
  } catch {
    return false;
  }
}

for(let order; (order = await next());) {
  const paces = peers[order.peer];
  tell(order.make ? await paces[order.make].once() :
    order.take ? await takes(paces[order.take], order.text) :
    await paces[order.work].measure(order.seconds));
}
