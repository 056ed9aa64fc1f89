// @sd-jwt/sd-jwt-vc with its keys from @sd-jwt/crypto-nodejs, and @sd-jwt/jwt-status-list.
import {SDJwtInstance} from '@sd-jwt/core';
import {ES256, digest, generateSalt} from '@sd-jwt/crypto-nodejs';
import {StatusList, createHeaderAndPayload, getListFromStatusListJWT} from '@sd-jwt/jwt-status-list';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';

const CONFIG = {hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt, signAlg: 'ES256', kbSignAlg: 'ES256'};

/** What stands in `typ`: of an SD-JWT VC, or another type, for which there is no more than its core. */
const SD_JWT_VC = 'dc+sd-jwt';
const instance = (type, config) => new (type === SD_JWT_VC ? SDJwtVcInstance : SDJwtInstance)({...CONFIG, ...config});

/** The SD-JWT of `claims`, those of `disclosable` to be withheld at will, bound to `holder` (a public JWK). */
export async function issueSdJwt({claims, disclosable, holder, issuer, header}) {
  const issuing = instance(header.typ, {signer: await ES256.getSigner(issuer)});
  return issuing.issue({...claims, cnf: {jwk: holder}}, {_sd: disclosable}, {header});
}

/** What the holder, whose private JWK is `holder`, shows: the claims of `frame`, bound to `audience` and `nonce`. */
export async function presentSdJwt({credential, frame, holder, audience, nonce}) {
  const holding = instance(SD_JWT_VC, {kbSigner: await ES256.getSigner(holder)});
  const payload = {iat: Math.floor(Date.now() / 1000), aud: audience, nonce};
  return holding.present(credential, frame, {kb: {payload}});
}

/**
 * [{verified, error}, …] of presentations by the issuer whose public JWK is `issuer`, in whose status lists they are. Lists
 * are fetched, but for those in `lists` (url → token).
 */
export async function verifySdJwts({type, presentations, issuer, audience, nonce, lists = {}}) {
  const verifying = instance(type, {
    verifier: await ES256.getVerifier(issuer),
    kbVerifier: async (data, signature, {cnf}) => (await ES256.getVerifier(cnf.jwk))(data, signature),
    statusListFetcher: async uri => lists[uri] ?? (await fetch(uri)).text()
  });
  const results = [];
  for(const presentation of presentations) {
    try {
      const {kb} = await verifying.verify(presentation, {keyBindingNonce: nonce});
      // The audience is left to its caller.
      if(kb.payload.aud !== audience) {
        throw new Error(`the key binding is for ${kb.payload.aud}`);
      }
      results.push({verified: true, error: null});
    } catch(error) {
      results.push({verified: false, error: error.message});
    }
  }
  return results;
}

/** The Status List Token of `states` (index → state) by the issuer whose private JWK is `issuer`. */
export async function signStatusList({states, bits, payload, issuer, header}) {
  const list = new StatusList(states, bits);
  const unsigned = createHeaderAndPayload(list, payload, {alg: 'ES256', typ: 'statuslist+jwt', ...header});
  const input = [unsigned.header, unsigned.payload]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${await (await ES256.getSigner(issuer))(input)}`;
}

/** The states that a Status List Token says at `indexes`. It leaves the signature to its caller. */
export async function readStatusList({token, indexes}) {
  const list = getListFromStatusListJWT(token);
  return indexes.map(index => list.getStatus(index));
}
