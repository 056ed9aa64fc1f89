// Signatures: of Data Integrity over canonical JSON or over canonical statements, and of compact JWS.

const PROOF = "https://w3id.org/security#";
const CREATED = "http://purl.org/dc/terms/created";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/** Hold a proof value against what was hashed. */
async function hold(key, value, ...hashes) {
  let signature;
  try {
    signature = multibase58(value);
  } catch {
    throw new Failed("proof.crypto");
  }
  if (!(await key.verify(signature, joined(...hashes)))) throw new Failed("proof.crypto");
}

const SUITES = {
  "eddsa-rdfc-2022": { kinds: ["Ed25519"], json: false },
  "ecdsa-rdfc-2019": { kinds: ["P-256", "P-384"], json: false },
  "eddsa-jcs-2022": { kinds: ["Ed25519"], json: true },
  "ecdsa-jcs-2019": { kinds: ["P-256", "P-384"], json: true },
};

function suiteOf(name, json) {
  const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : undefined;
  if (suite?.json !== json) throw new Unknown("proof.suite_unsupported");
  return suite;
}

/** Verify the one proof in a JSON document (https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022). `find(id, made)` gives
    its key. Answers the key's id. */
async function verifyJson(document, find) {
  const { proof } = document;
  if (Array.isArray(proof) || proof?.type !== "DataIntegrityProof") throw new Unknown("proof.suite_unsupported");
  const suite = suiteOf(proof.cryptosuite, true);
  if (proof.proofPurpose !== "assertionMethod") throw new Failed("proof.purpose");
  // What the proof repeats of the contexts must be all of them: others behind them would not be signed.
  if ("@context" in proof && jcs(proof["@context"]) !== jcs(document["@context"])) throw new Failed("proof.crypto");
  const key = await find(proof.verificationMethod, moment(proof.created));
  if (!suite.kinds.includes(key.kind)) throw new Failed("proof.suite");
  const options = await digest(utf8(jcs(without(proof, "proofValue"))), key.hash);
  await hold(key, proof.proofValue, options, await digest(utf8(jcs(without(document, "proof"))), key.hash));
  const { verificationMethod: id, expires } = proof;
  return { id, signature: multibase58(proof.proofValue), kind: key.kind, expires };
}

/** The same of statements, `{options, document, proofValue}` as canonical N-Quads. Nothing is believed of them but what
    is hashed: which key and suite it is stands in the options themselves. */
async function verifyStatements(signed, find) {
  const options = new Graph(signed.options);
  const subject = options.only(TYPE, `${PROOF}DataIntegrityProof`);
  const id = options.iri(subject, `${PROOF}verificationMethod`);
  const suite = suiteOf(options.text(subject, `${PROOF}cryptosuite`), false);
  if (options.iri(subject, `${PROOF}proofPurpose`) !== `${PROOF}assertionMethod`) throw new Failed("proof.purpose");
  const key = await find(id, moment(options.text(subject, CREATED)));
  if (!suite.kinds.includes(key.kind)) throw new Failed("proof.suite");
  const hashes = [await digest(utf8(signed.options), key.hash), await digest(utf8(signed.document), key.hash)];
  await hold(key, signed.proofValue, ...hashes);
  const expires = options.text(subject, `${PROOF}expiration`);
  return { id, signature: multibase58(signed.proofValue), kind: key.kind, expires };
}

const ALGORITHMS = { Ed25519: ["EdDSA", "Ed25519"], "P-256": ["ES256"], "P-384": ["ES384"], RSA: ["RS256"] };

/** Verify a compact JWS (RFC 7515). Answers its payload, the id of its key and its signature. */
async function verifyToken(text, issuer, find) {
  let header, payload, signature;
  const parts = text.split(".");
  try {
    if (parts.length !== 3) throw new Error("parts");
    header = parsed(textOf(base64url(parts[0])));
    payload = parsed(textOf(base64url(parts[1])));
    signature = base64url(parts[2]);
  } catch {
    throw new Failed("token.syntax");
  }
  if ("crit" in header) throw new Failed("token.crit");
  const id = methodOf(header.kid, issuer);
  if (id === undefined) throw new Unknown("key.unsupported");
  const seconds = payload.nbf ?? payload.iat;
  const key = await find(id, typeof seconds === "number" ? new Date(seconds * 1000) : moment(payload.validFrom));
  if (!ALGORITHMS[key.kind].includes(header.alg)) throw new Failed("token.alg");
  if (!(await key.verify(signature, utf8(`${parts[0]}.${parts[1]}`)))) throw new Failed("proof.crypto");
  return { payload, id, signature, kind: key.kind };
}

/** The DID URL of a key that a token names: by itself, by its fragment, or by its address at this organization. */
function methodOf(kid, issuer) {
  if (typeof kid !== "string") return undefined;
  if (kid.startsWith("did:")) return kid;
  const address = /\/issuers\/[a-z0-9-]+\/keys\/([A-Za-z0-9-]+)$/.exec(kid);
  return `${issuer}#${address ? address[1] : kid}`;
}

const ORDERS = {
  "P-256": 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  "P-384": 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};

/** The signature as the log has it: of an ECDSA signature and its twin the one with the smaller s. */
function logged({ signature, kind }) {
  const order = ORDERS[kind];
  if (order === undefined) return signature;
  const half = signature.length / 2;
  const s = BigInt(`0x${hex(signature.slice(half))}`);
  if (s <= order - s) return signature;
  const digits = (order - s).toString(16).padStart(2 * half, "0");
  return joined(
    signature.slice(0, half),
    Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16)),
  );
}
