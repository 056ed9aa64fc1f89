// Bytes and their spellings, read strictly: what is not exactly of a form is a fault and nothing is guessed.

/** Something was looked at and does not hold. `code` has a sentence in WORDS, whose places `params` fill. */
class Failed extends Error {
  constructor(code, params = {}) {
    super(code);
    Object.assign(this, { outcome: "fail", code, params });
  }
}

/** Something could not be checked: neither fine nor forged. */
class Unknown extends Error {
  constructor(code, params = {}) {
    super(code);
    Object.assign(this, { outcome: "unknown", code, params });
  }
}

const utf8 = (text) => new TextEncoder().encode(text);
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (a, b) => a.length === b.length && a.every((byte, place) => byte === b[place]);

/** The value of a JSON text. A member that stands there twice is a fault: readers differ in which of the two they take. */
function parsed(text) {
  if (typeof text !== "string") throw new Failed("viewer.statements");
  const value = JSON.parse(text); // from here on it is well-formed
  const open = []; // the members of each object that has not ended; undefined for an array
  let string;
  for (let place = 0; place < text.length; place++) {
    switch (text[place]) {
      case '"': {
        const start = place++;
        while (text[place] !== '"') place += text[place] === "\\" ? 2 : 1;
        string = [start, place + 1];
        break;
      }
      case "{":
        open.push(new Set());
        break;
      case "[":
        open.push(undefined);
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ":": {
        const [members, name] = [open.at(-1), JSON.parse(text.slice(...string))];
        if (members.has(name)) throw new Failed("viewer.statements");
        members.add(name);
      }
    }
  }
  return value;
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

function base64(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  if (btoa(String.fromCharCode(...bytes)) !== text) throw new Error("base64");
  return bytes;
}

function base64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Error("base64url");
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
}

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const LONGEST_BASE58 = 800; // characters; the work is quadratic, and a key of RSA 4096 has 721

function base58(text) {
  if (text.length > LONGEST_BASE58) throw new Error("base58");
  const bytes = []; // the least significant first
  for (const character of text) {
    let carry = BASE58.indexOf(character);
    if (carry < 0) throw new Error("base58");
    for (let place = 0; place < bytes.length; place += 1) {
      carry += bytes[place] * 58;
      bytes[place] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  const zeros = text.length - text.replace(/^1+/, "").length;
  return Uint8Array.from([...new Array(zeros).fill(0), ...bytes.reverse()]);
}

/** A value in base58 with its prefix (https://www.w3.org/TR/cid-1.0/#multibase-0). */
function multibase58(text) {
  if (typeof text !== "string" || text[0] !== "z") throw new Error("multibase");
  return base58(text.slice(1));
}

async function digest(bytes, algorithm = "SHA-256") {
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
}

/** JSON in its one canonical spelling (RFC 8785). */
function jcs(value) {
  if (Array.isArray(value)) return `[${value.map(jcs).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.keys(value).sort(); // by UTF-16 code units, as the RFC asks
    return `{${members.map((name) => `${JSON.stringify(name)}:${jcs(value[name])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

const without = (value, member) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
