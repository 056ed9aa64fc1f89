// jose: tokens, keys and thumbprints.
import * as jose from 'jose';

const made = new Map();

/** The public JWK of a new key for `alg`; the private half stays here, under the thumbprint. */
export async function newKey({alg}) {
  const {publicKey, privateKey} = await jose.generateKeyPair(alg, {extractable: true});
  const jwk = await jose.exportJWK(publicKey);
  made.set(await jose.calculateJwkThumbprint(jwk), privateKey);
  return jwk;
}

/** The token of `payload` by the key made before as `jwk`. */
export async function signToken({jwk, header, payload}) {
  return new jose.SignJWT(payload).setProtectedHeader(header).sign(made.get(await jose.calculateJwkThumbprint(jwk)));
}

/** [{verified, error}, …] of tokens by the key `jwk`, which is for `alg`. */
export async function verifyTokens({tokens, jwk, alg, typ}) {
  const key = await jose.importJWK(jwk, alg);
  const results = [];
  for(const token of tokens) {
    try {
      await jose.jwtVerify(token, key, {algorithms: [alg], typ});
      results.push({verified: true, error: null});
    } catch(error) {
      results.push({verified: false, error: error.message});
    }
  }
  return results;
}

/** The SHA-256 thumbprint (RFC 7638) of each JWK. */
export async function thumbprints({jwks}) {
  return Promise.all(jwks.map(jwk => jose.calculateJwkThumbprint(jwk)));
}
