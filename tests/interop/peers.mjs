// The peers on npm, in one process: starting Node costs a second, an act some milliseconds.
//
// Each line of stdin is {act, …what the act needs}, and is answered by a line {answer} or {failed: trace}. What a peer thinks
// of a credential is part of an answer; it failed when it could not be asked.
import './only_localhost.mjs';
import readline from 'node:readline';
import * as canonical from './canonical.mjs';
import * as dataIntegrity from './data_integrity.mjs';
import * as jose from './jose.mjs';
import * as sdJwt from './sd_jwt.mjs';
import * as verifierCore from './verifier_core.mjs';

const ACTS = {...canonical, ...dataIntegrity, ...jose, ...sdJwt, ...verifierCore};

// What libraries tell the console is no answer; stdout is for answers.
console.log = console.info = console.warn = console.error = () => {};

for await (const line of readline.createInterface({input: process.stdin})) {
  const {act, ...sent} = JSON.parse(line);
  let said;
  try {
    said = {answer: await ACTS[act](sent)};
  } catch(error) {
    said = {failed: `${act}: ${error.stack}`};
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
