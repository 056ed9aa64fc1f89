// The public log: the entry of a credential, its proof and the signed checkpoint to which that leads.
// https://c2sp.org/tlog-proof, https://c2sp.org/signed-note, RFC 9162 §2.1.3.2

const PROOF_LINES = ["c2sp\\.org/tlog-proof@v1", "extra ([A-Za-z0-9+/=]+)", "index (0|[1-9][0-9]{0,14})", ""];
const LOG_PROOF = new RegExp(`^${PROOF_LINES.join("\\n")}((?:[A-Za-z0-9+/=]{44}\\n){0,64})\\n(.+)$`, "s");

/** The parts of a proof. */
function readProof(text) {
  const found = LOG_PROOF.exec(text);
  if (!found) throw new Failed("viewer.log");
  const path = found[3].split("\n").filter(Boolean).map(base64);
  return { salt: base64(found[1]), index: Number(found[2]), path, note: found[4] };
}

/** The checkpoint in a note, signed by one of the log's keys. */
async function checkpoint(note, log) {
  const gap = note.lastIndexOf("\n\n");
  const text = note.slice(0, gap + 1);
  const lines = note.slice(gap + 2).split("\n");
  for (const known of log.keys) {
    const [, name, id, material] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(known) ?? [];
    const bytes = base64(material);
    const fingerprint = hex((await digest(joined(utf8(`${name}\n`), bytes))).slice(0, 4));
    if (bytes[0] !== 1 || fingerprint !== id) throw new Failed("viewer.log");
    for (const line of lines.filter((each) => each.startsWith(`— ${name} `))) {
      const signature = base64(line.slice(name.length + 3));
      if (hex(signature.slice(0, 4)) !== id) continue;
      const key = await ed25519(bytes.slice(1));
      if (!(await key.verify(signature.slice(4), utf8(text)))) throw new Failed("viewer.log");
      const [origin, size, root] = text.split("\n");
      if (origin !== log.origin) throw new Failed("viewer.log");
      return { size: Number(size), root: base64(root) };
    }
  }
  throw new Failed("viewer.log");
}

/** Walk from the leaf to the root. */
async function requireIncluded(leaf, { index, path }, { size, root }) {
  let [place, last, hash] = [index, size - 1, leaf];
  if (place > last) throw new Failed("viewer.log");
  for (const step of path) {
    if (last === 0) throw new Failed("viewer.log");
    if (place % 2 === 1 || place === last) {
      hash = await digest(joined(Uint8Array.of(1), step, hash));
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = await digest(joined(Uint8Array.of(1), hash, step));
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || !same(hash, root)) throw new Failed("viewer.log");
}

/** When the log entered this signature, and when and under which key the credential came into being in this form;
    undefined if no entry is of it. Every proof in the bundle has to hold. Entries stand there as they were logged. */
async function recordOf(log, signed) {
  const [did, kid] = signed.id.split("#");
  const inner = await digest(logged(signed));
  const theirs = [];
  let shown;
  for (const each of log.entries) {
    const proof = readProof(each.proof);
    await requireIncluded(
      await digest(joined(Uint8Array.of(0), utf8(each.entry))),
      proof,
      await checkpoint(proof.note, log),
    );
    const entry = parsed(each.entry);
    const salted = await digest(joined(proof.salt, inner));
    if (entry.type !== "credential" || entry.issuer !== did) continue;
    theirs.push(entry);
    if (entry.kid === kid && same(salted, base64url(entry.digest))) shown ??= entry;
  }
  if (shown === undefined) return undefined;
  const first = theirs.find(({ format }) => format === shown.format);
  return { at: moment(shown.at), firstAt: moment(first.at), firstKid: first.kid };
}
