// How often a second something is done, and the lines that ask for it. Each measures its own time, so that no pipe counts.
import readline from 'node:readline';

const lines = readline.createInterface({input: process.stdin})[Symbol.asyncIterator]();

/** The next line of stdin as JSON; null at the end. */
export const next = async () => JSON.parse((await lines.next()).value ?? 'null');

const print = console.log;

/** `answer` as a line, whatever has become of the console since. */
export const tell = answer => print(JSON.stringify(answer));

/** `work` with one of `pool` after the other, going on where the last measurement ended. */
export class Pace {
  #work;
  #pool;
  #turn = 0;

  constructor(work, pool) {
    this.#work = work;
    this.#pool = pool;
  }

  /** Work once, with `given` or the first of the pool. */
  once(given = this.#pool[0]) {
    return this.#work(given);
  }

  /** Work for so many seconds: {count, seconds}. */
  async measure(asked) {
    const begun = performance.now();
    let count = 0, seconds = 0;
    do {
      await this.#work(this.#pool[this.#turn++ % this.#pool.length]);
      count++;
      seconds = (performance.now() - begun) / 1000;
    } while(seconds < asked);
    return {count, seconds};
  }
}
