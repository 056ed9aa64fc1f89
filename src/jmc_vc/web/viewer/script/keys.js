// Public keys: out of a Multikey or a JWK, and out of the DID document that says whose they are.

const P256 = {
  name: "P-256",
  hash: "SHA-256",
  length: 32,
  p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
};
const P384 = {
  name: "P-384",
  hash: "SHA-384",
  length: 48,
  p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
};

function power(base, exponent, modulus) {
  let result = 1n;
  for (let square = base % modulus; exponent > 0n; exponent >>= 1n, square = (square * square) % modulus) {
    if (exponent & 1n) result = (result * square) % modulus;
  }
  return result;
}

/** Both coordinates of a point that is given by one: browsers import no others. y² = x³ − 3x + b, and p ≡ 3 mod 4. */
function uncompressed(point, curve) {
  const x = BigInt(`0x${hex(point.slice(1))}`);
  const square = (((x * x * x - 3n * x + curve.b) % curve.p) + curve.p) % curve.p;
  let y = power(square, (curve.p + 1n) / 4n, curve.p);
  if ((y * y) % curve.p !== square || x >= curve.p || (point[0] !== 2 && point[0] !== 3)) throw new Error("no point");
  if ((y & 1n) !== BigInt(point[0] & 1)) y = curve.p - y;
  const digits = y.toString(16).padStart(2 * curve.length, "0");
  return joined(
    Uint8Array.of(4),
    point.slice(1),
    Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16)),
  );
}

/** Import a key, or say that this browser cannot. */
async function imported(form, material, algorithm) {
  if (!globalThis.crypto?.subtle) throw new Unknown("viewer.no_webcrypto");
  try {
    return await crypto.subtle.importKey(form, material, algorithm, false, ["verify"]);
  } catch (error) {
    if (error.name === "NotSupportedError") throw new Unknown("viewer.no_webcrypto");
    throw new Failed("key.invalid");
  }
}

const verifierOf = (key, algorithm) => async (signature, message) =>
  crypto.subtle.verify(algorithm, key, signature, message);

async function ed25519(raw) {
  return { kind: "Ed25519", hash: "SHA-256", verify: verifierOf(await imported("raw", raw, "Ed25519"), "Ed25519") };
}

async function ecdsa(point, curve) {
  const key = await imported("raw", point, { name: "ECDSA", namedCurve: curve.name });
  return { kind: curve.name, hash: curve.hash, verify: verifierOf(key, { name: "ECDSA", hash: curve.hash }) };
}

/** A key as Multikey writes it (https://www.w3.org/TR/cid-1.0/#Multikey): two bytes that name its kind, and itself. */
async function multikey(text) {
  let bytes;
  try {
    bytes = multibase58(text);
    const kind = hex(bytes.slice(0, 2));
    if (kind === "ed01" && bytes.length === 34) return await ed25519(bytes.slice(2));
    if (kind === "8024" && bytes.length === 35) return await ecdsa(uncompressed(bytes.slice(2), P256), P256);
    if (kind === "8124" && bytes.length === 51) return await ecdsa(uncompressed(bytes.slice(2), P384), P384);
  } catch (error) {
    if (error instanceof Unknown) throw error;
    throw new Failed("key.invalid");
  }
  throw new Unknown("key.unsupported");
}

/** A key as a JWK: of RSA, which Multikey has no room for here, or of a curve. */
async function jwk(value) {
  const material = { kty: value.kty, crv: value.crv, x: value.x, y: value.y, n: value.n, e: value.e };
  if (value.kty === "RSA") {
    const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    if (base64url(value.n).length < 256) throw new Failed("key.weak");
    return { kind: "RSA", hash: "SHA-256", verify: verifierOf(await imported("jwk", material, rsa), rsa.name) };
  }
  if (value.kty === "OKP" && value.crv === "Ed25519") return ed25519(base64url(value.x));
  const curve = [P256, P384].find((each) => value.kty === "EC" && each.name === value.crv);
  if (!curve) throw new Unknown("key.unsupported");
  return ecdsa(joined(Uint8Array.of(4), base64url(value.x), base64url(value.y)), curve);
}

/** The key `id` of a DID document, which has to name it for signing credentials; made before it ended. */
async function keyOf(document, id, made) {
  const [did] = id.split("#");
  if (document.id !== did) throw new Failed("key.binding");
  const absolute = (name) => (typeof name === "string" && name.startsWith("#") ? did + name : name);
  const method = (document.verificationMethod ?? []).find((each) => absolute(each.id) === id);
  if (!method) throw new Failed("key.unknown");
  const listed = (document.assertionMethod ?? []).some((each) => absolute(each) === id);
  if (method.controller !== did) throw new Failed("key.binding");
  if (!listed) throw new Failed("key.relationship");
  for (const end of [method.revoked, method.expires]) {
    if (end !== undefined && !(made <= moment(end))) throw new Failed("key.binding");
  }
  return method.publicKeyMultibase ? multikey(method.publicKeyMultibase) : jwk(method.publicKeyJwk ?? {});
}
